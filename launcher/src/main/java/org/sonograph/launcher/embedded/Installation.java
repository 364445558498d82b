package org.sonograph.launcher.embedded;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the packages of the embedded mode lie.
 *
 * @param broker folder with the broker's jars and, beside {@code lib/}, our own small main
 * @param registry unpacked registry
 * @param archives folder for start-up archives of the JVM, which may be missing or not writable
 */
public record Installation(Path broker, Path registry, Path archives) {
  /** System property that names the folder of the script {@code sonograph}. */
  public static final String HOME = "sonograph.home";

  /** Folder of all programs in a download; a source tree has none of that name. */
  private static final String PACKED = "program";

  /** The installation this JVM was started from. */
  public static Installation find() {
    return in(home());
  }

  /** The installation in a folder: a download, or a built source tree. */
  static Installation in(Path home) {
    Path packed = home.resolve(PACKED);
    if (Files.isDirectory(packed)) {
      return new Installation(
          packed.resolve("broker"), packed.resolve("registry"), packed.resolve("archives"));
    }
    Path built = home.resolve("launcher");
    return new Installation(
        built.resolve("broker/target"),
        built.resolve("registry/target/registry"),
        built.resolve("target/dist/archives"));
  }

  /** Folder of the script {@code sonograph}. */
  public static Path home() {
    String named = System.getProperty(HOME);
    if (named != null) {
      return Path.of(named).toAbsolutePath();
    }
    for (Path at = ownCode(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("launcher/broker"))) {
        return at;
      }
    }
    throw new EmbeddedException(
        "cannot tell where Sonograph is installed: start it with the script ./sonograph, or set -D"
            + HOME
            + "=DIR");
  }

  /** Throws, saying what to do, if a part of the build is missing. */
  public Installation verify() {
    brokerClassPath();
    registryClassPath();
    return this;
  }

  /** Class path of the broker's process. */
  String brokerClassPath() {
    return Stream.concat(jars(broker), jars(broker.resolve("lib")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Class path of the registry's process. */
  String registryClassPath() {
    Path jar = registry.resolve("quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw missing(jar);
    }
    return Stream.concat(Stream.of(jar.toString()), jars(broker))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The java this process runs on. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Class path of this process, for children that run our own services. */
  static String ownClassPath() {
    return System.getProperty("java.class.path");
  }

  private static Stream<String> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> jars =
          files.map(Path::toString).filter(f -> f.endsWith(".jar")).sorted().toList();
      if (jars.isEmpty()) {
        throw missing(folder);
      }
      return jars.stream();
    } catch (IOException e) {
      throw missing(folder);
    }
  }

  private static EmbeddedException missing(Path what) {
    return new EmbeddedException(
        "part of the build is missing: "
            + what
            + "; build it with ./mvnw package, or start Sonograph with its script");
  }

  private static Path ownCode() {
    try {
      return Path.of(
          Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new EmbeddedException("cannot tell where Sonograph is installed: " + e.getMessage(), e);
    }
  }
}
