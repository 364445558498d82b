package org.sonograph.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * The registry's drivers of databases that are not used here, one of them under the GPL: its data
 * lie in a file of H2. Its index of jars wants them to be there, so they become empty.
 */
final class RegistryParts {
  private static final Pattern UNUSED =
      Pattern.compile("(?:com\\.mysql|com\\.microsoft\\.sqlserver|org\\.postgresql)\\..*\\.jar");

  private RegistryParts() {}

  /** True for a jar that is emptied. */
  static boolean isUnused(Path jar) {
    return UNUSED.matcher(jar.getFileName().toString()).matches();
  }

  /** Empties what is not used in a copy of the registry. */
  static void empty(Path registry) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    for (Path jar : FolderWalk.files(registry)) {
      if (isUnused(jar)) {
        try (OutputStream out = Files.newOutputStream(jar)) {
          new JarOutputStream(out, manifest).close();
        }
      }
    }
  }
}
