package org.sonograph.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Copies jars without the natives of other platforms; what is kept is kept to the byte. */
final class SlimJars {
  private final Platform platform;

  SlimJars(Platform platform) {
    this.platform = platform;
  }

  /** Copies every file of a folder, its jars slimmed. */
  void copyFolder(Path from, Path to) throws IOException {
    for (Path file : FolderWalk.files(from)) {
      Path copy = to.resolve(from.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      copy(file, copy);
    }
  }

  /** Copies a file; a jar without what is not for this platform. */
  void copy(Path from, Path to) throws IOException {
    if (!from.toString().endsWith(".jar") || !holdsForeign(from)) {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try (ZipFile in = ZipFile.builder().setPath(from).get();
        OutputStream file = Files.newOutputStream(to);
        ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
      Enumeration<ZipArchiveEntry> entries = in.getEntriesInPhysicalOrder();
      while (entries.hasMoreElements()) {
        ZipArchiveEntry entry = entries.nextElement();
        if (platform.keeps(entry.getName())) {
          try (InputStream raw = in.getRawInputStream(entry)) {
            out.addRawArchiveEntry(entry, raw);
          }
        }
      }
    }
  }

  private boolean holdsForeign(Path jar) throws IOException {
    try (ZipFile in = ZipFile.builder().setPath(jar).get()) {
      Enumeration<ZipArchiveEntry> entries = in.getEntries();
      while (entries.hasMoreElements()) {
        if (!platform.keeps(entries.nextElement().getName())) {
          return true;
        }
      }
      return false;
    }
  }
}
