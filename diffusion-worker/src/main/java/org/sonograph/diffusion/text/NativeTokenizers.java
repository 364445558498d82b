package org.sonograph.diffusion.text;

import java.nio.file.Path;

/**
 * Keeps the tokenizer library to itself: its native part comes out of its own jar, into a folder
 * that is stated, and it neither downloads nor reports anything.
 */
final class NativeTokenizers {

  /** System property: where native libraries are unpacked. */
  static final String CACHE_PROPERTY = "sonograph.cache";

  private NativeTokenizers() {}

  static void prepare() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    // the library's own default asks the machine for CUDA, and then the network for a build
    System.setProperty("RUST_FLAVOR", "cpu");
    System.setProperty("ENGINE_CACHE_DIR", cache().toString());
  }

  /** The property, else the user's cache folder as the XDG rules place it. */
  static Path cache() {
    String stated = System.getProperty(CACHE_PROPERTY, "");
    if (!stated.isEmpty()) {
      return Path.of(stated).toAbsolutePath();
    }
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return base.resolve("sonograph").toAbsolutePath();
  }
}
