package org.sonograph.gallery.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /**
   * Streams that played when last any did, however long that is ago: those of which something was
   * kept not earlier than that before the newest of all.
   */
  public List<String> streams(Duration before) throws IOException {
    if (kept.isZero() || !Files.isDirectory(root)) {
      return List.of();
    }
    Map<String, Instant> newest = new TreeMap<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        String name = folder.getFileName().toString();
        folder(name).newest().ifPresent(time -> newest.put(name, time));
      }
    }
    Instant last = newest.values().stream().max(Comparator.naturalOrder()).orElse(Instant.MIN);
    newest.values().removeIf(time -> Duration.between(time, last).compareTo(before) > 0);
    return List.copyOf(newest.keySet());
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
