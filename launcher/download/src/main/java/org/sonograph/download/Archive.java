package org.sonograph.download;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Packs a folder into one file, with the right to run what can be run. */
final class Archive {
  /** Forms of an archive. */
  enum Kind {
    TAR_GZ(".tar.gz"),
    ZIP(".zip");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }
  }

  private static final int FILE = 0100644;
  private static final int PROGRAM = 0100755;

  private Archive() {}

  /** Packs a folder beside itself, under its own name. */
  static Path pack(Path folder, Kind kind) throws IOException {
    Path file = folder.resolveSibling(folder.getFileName() + kind.suffix);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      switch (kind) {
        case TAR_GZ -> tar(folder, out);
        case ZIP -> zip(folder, out);
      }
    }
    return file;
  }

  private static void tar(Path folder, OutputStream file) throws IOException {
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(file))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path at : FolderWalk.files(folder)) {
        TarArchiveEntry entry = new TarArchiveEntry(at.toFile(), name(folder, at));
        entry.setMode(mode(at));
        entry.setIds(0, 0);
        entry.setNames("", "");
        put(out, entry, at);
      }
    }
  }

  private static void zip(Path folder, OutputStream file) throws IOException {
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
      for (Path at : FolderWalk.files(folder)) {
        ZipArchiveEntry entry = new ZipArchiveEntry(at.toFile(), name(folder, at));
        entry.setUnixMode(mode(at));
        put(out, entry, at);
      }
    }
  }

  private static <E extends org.apache.commons.compress.archivers.ArchiveEntry> void put(
      ArchiveOutputStream<E> out, E entry, Path from) throws IOException {
    out.putArchiveEntry(entry);
    Files.copy(from, out);
    out.closeArchiveEntry();
  }

  private static int mode(Path file) {
    return Files.isExecutable(file) ? PROGRAM : FILE;
  }

  private static String name(Path folder, Path file) {
    return folder.getParent().relativize(file).toString().replace('\\', '/');
  }
}
