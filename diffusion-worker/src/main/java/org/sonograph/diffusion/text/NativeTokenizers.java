package org.sonograph.diffusion.text;

import org.sonograph.runtime.ffmpeg.FFmpegSettings;

/**
 * Keeps the tokenizer library to itself: its native part comes out of its own jar, into the user's
 * cache folder, and it neither downloads nor reports anything.
 */
final class NativeTokenizers {

  /** The library's own name for the folder it unpacks into, as a variable or a property. */
  static final String CACHE = "ENGINE_CACHE_DIR";

  private NativeTokenizers() {}

  static void prepare() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    // left alone, the library asks the machine for CUDA and then the network for a build to match
    System.setProperty("RUST_FLAVOR", "cpu");
    if (System.getenv(CACHE) == null && System.getProperty(CACHE) == null) {
      System.setProperty(CACHE, FFmpegSettings.userCacheFolder().toString());
    }
  }
}
