package org.sonograph.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Java of its own for a folder: the one that runs this, without what Sonograph does not use. */
final class JavaRuntime {
  /**
   * What services, broker and registry load, and the parts of Java that their libraries look for by
   * name only: providers for names, certificates, files in archives and the management of memory.
   */
  private static final List<String> MODULES =
      List.of(
          "java.se",
          "jdk.charsets",
          "jdk.crypto.cryptoki",
          "jdk.httpserver",
          "jdk.jfr",
          "jdk.management",
          "jdk.management.agent",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.security.auth",
          "jdk.security.jgss",
          "jdk.unsupported",
          "jdk.xml.dom",
          "jdk.zipfs");

  private JavaRuntime() {}

  /** Makes it in a folder that is not there yet. Its modules are not packed, so that it starts. */
  static void link(Path folder) throws IOException, InterruptedException {
    Process jlink =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--output",
                folder.toString(),
                "--compress=zip-0",
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--generate-cds-archive")
            .inheritIO()
            .start();
    if (jlink.waitFor() != 0) {
      throw new IOException("jlink ended with " + jlink.exitValue());
    }
    // Archives for heaps that no process of ours has.
    try (Stream<Path> archives = Files.list(folder.resolve("lib/server"))) {
      for (Path archive : archives.filter(JavaRuntime::isUnusedArchive).toList()) {
        Files.delete(archive);
      }
    }
  }

  private static boolean isUnusedArchive(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jsa") && !name.equals("classes.jsa");
  }
}
