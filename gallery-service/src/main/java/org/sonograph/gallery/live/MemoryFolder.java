package org.sonograph.gallery.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.SetAside;
import org.sonograph.runtime.files.WholeFile;
import org.sonograph.signal.sound.Sound;

/**
 * What is kept of a stream on disk: files of a few seconds, called by when they began, with {@code
 * -on} where one goes on without a gap from the one before. A file appears whole or not at all; one
 * that cannot be read is set aside.
 */
final class MemoryFolder {
  /** Length of a file. */
  static final int PIECE_SECONDS = 20;

  private static final Logger LOG = LoggerFactory.getLogger(MemoryFolder.class);
  private static final Pattern NAME = Pattern.compile("\\d{13}(-on)?\\.flac");
  private static final int MOST_BROKEN = 3;

  private final Path folder;
  private final SoundCodec codec;
  private final int mostFiles;

  /** Turns sound into bytes of a file and back. */
  interface SoundCodec {
    byte[] encode(Sound sound) throws IOException;

    Sound decode(byte[] file) throws IOException;
  }

  /**
   * A folder, made when the first file is written.
   *
   * @param kept sound that is kept at most
   */
  MemoryFolder(Path folder, SoundCodec codec, Duration kept) {
    this.folder = folder;
    this.codec = codec;
    this.mostFiles = (int) Math.max(1, kept.toSeconds() / PIECE_SECONDS);
  }

  /**
   * A file of it.
   *
   * @param goesOn whether it begins where the one before it ended
   */
  record Piece(Path file, boolean goesOn) {
    static Piece of(Path file) {
      return new Piece(file, file.getFileName().toString().endsWith("-on.flac"));
    }
  }

  /** All files, the oldest first. */
  List<Piece> pieces() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .map(Piece::of)
          .toList();
    }
  }

  /** When the last file was written, if there is one. */
  Optional<Instant> newest() throws IOException {
    List<Piece> pieces = pieces();
    return pieces.isEmpty()
        ? Optional.empty()
        : Optional.of(Files.getLastModifiedTime(pieces.getLast().file()).toInstant());
  }

  /** Sound of a file; empty where it is none, and then it is set aside. */
  Optional<Sound> read(Piece piece) {
    try {
      return Optional.of(codec.decode(Files.readAllBytes(piece.file())));
    } catch (IOException e) {
      try {
        SetAside.move(piece.file(), "it is no sound: " + e.getMessage());
      } catch (IOException inTheWay) {
        LOG.warn("{} cannot be set aside: {}", piece.file(), inTheWay.getMessage());
      }
      return Optional.empty();
    }
  }

  /** Keeps a piece, and drops what is too old. */
  void write(long beginMs, boolean goesOn, Sound sound) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("%013d%s.flac".formatted(beginMs, goesOn ? "-on" : ""));
    WholeFile.write(file, codec.encode(sound));
    prune();
  }

  private void prune() throws IOException {
    List<Piece> pieces = pieces();
    for (Piece old : pieces.subList(0, Math.max(0, pieces.size() - mostFiles))) {
      Files.deleteIfExists(old.file());
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path left : files.filter(file -> file.toString().endsWith(WholeFile.PARTIAL)).toList()) {
        Files.deleteIfExists(left);
      }
    }
    List<Path> broken = SetAside.in(folder);
    for (Path old : broken.subList(0, Math.max(0, broken.size() - MOST_BROKEN))) {
      Files.deleteIfExists(old);
    }
  }

  /** Forgets everything. */
  void clear() throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    }
  }
}
