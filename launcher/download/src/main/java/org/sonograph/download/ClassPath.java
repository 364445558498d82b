package org.sonograph.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The class path that stands in a jar's manifest. */
final class ClassPath {
  private ClassPath() {}

  /** Puts another file in the place of those that match. */
  static void rename(Path jar, Pattern from, String to) throws IOException {
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      Path file = inside.getPath(JarFile.MANIFEST_NAME);
      Manifest manifest = new Manifest(Files.newInputStream(file));
      String path =
          Arrays.stream(
                  manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH).split(" "))
              .map(entry -> from.matcher(entry).matches() ? to : entry)
              .distinct()
              .collect(Collectors.joining(" "));
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path);
      try (OutputStream out = Files.newOutputStream(file)) {
        manifest.write(out);
      }
    }
  }
}
