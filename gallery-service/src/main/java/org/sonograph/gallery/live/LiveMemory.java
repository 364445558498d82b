package org.sonograph.gallery.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.signal.sound.Sound;

/**
 * What is kept of each stream's last hour, in a folder each, so that after a restart there is sound
 * before anything new has come.
 */
public final class LiveMemory {
  private final Path root;
  private final MemoryFolder.SoundCodec codec;
  private final Duration kept;

  /**
   * A memory.
   *
   * @param root folder that gets one folder a stream
   * @param kept sound that is kept of each; none = nothing is
   */
  public LiveMemory(Path root, ChunkFlac flac, Duration kept) {
    this.root = root;
    this.kept = kept;
    this.codec =
        new MemoryFolder.SoundCodec() {
          @Override
          public byte[] encode(Sound sound) throws IOException {
            return flac.encode(sound);
          }

          @Override
          public Sound decode(byte[] file) throws IOException {
            return flac.decode(file);
          }
        };
  }

  /** Streams of which something was kept since then. */
  public List<String> streams(Instant since) throws IOException {
    if (kept.isZero() || !Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> isFresh(name, since))
          .toList();
    }
  }

  private boolean isFresh(String name, Instant since) {
    try {
      return folder(name).isFresh(since);
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes a stream that remembers, and is remembered. */
  public LiveStream open(String name, Encoders encoders, LongConsumer freshnessMs) {
    OutputGrid grid = OutputGrid.STANDARD;
    if (kept.isZero()) {
      return new LiveStream(name, new LivePlayer(grid, freshnessMs), encoders);
    }
    MemoryReader reader = new MemoryReader(grid, folder(name));
    LiveStream stream = new LiveStream(name, new LivePlayer(grid, freshnessMs, reader), encoders);
    stream.add(new MemoryRecorder(grid, folder(name), System::currentTimeMillis));
    stream.atEnd(reader::close);
    return stream;
  }

  /** Forgets a stream. */
  public void clear(String name) throws IOException {
    folder(name).clear();
  }

  private MemoryFolder folder(String name) {
    return new MemoryFolder(root.resolve(name), codec, kept);
  }
}
