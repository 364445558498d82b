package org.sonograph.ingest.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sonograph.ingest.source.FolderWalk;
import org.sonograph.runtime.ffmpeg.Decoding;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.Probe;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;

/**
 * The sounds of a folder, one after the other in the order of their names; what was put there
 * meanwhile is played the next time round.
 */
final class FolderSource implements LiveSource {
  private static final int PIECE_FRAMES = 4096;

  private final Path folder;
  private final FFmpeg ffmpeg;
  private final Deque<Path> next = new ArrayDeque<>();

  FolderSource(Path folder, FFmpeg ffmpeg) {
    this.folder = folder;
    this.ffmpeg = ffmpeg;
  }

  @Override
  public String shown() {
    return folder.toString();
  }

  @Override
  public boolean isPaced() {
    return false;
  }

  /** Opens the next sound; what is none is passed over. */
  @Override
  public LiveFeed open(Consumer<String> titles) throws IOException {
    if (next.isEmpty()) {
      next.addAll(FolderWalk.of(folder, file -> true).files());
    }
    for (List<Path> all = List.copyOf(next); !all.isEmpty(); all = List.copyOf(next)) {
      Path file = next.poll();
      try {
        Probe probe = ffmpeg.probe(file);
        Decoding decoding = ffmpeg.decode(file, probe);
        titles.accept(probe.tags().getOrDefault("title", file.getFileName().toString()));
        return new Feed(decoding);
      } catch (UnreadableSoundException e) {
        // a cover, a text: no sound
      }
    }
    throw new IOException("holds no sound that can be read");
  }

  private record Feed(Decoding decoding) implements LiveFeed {
    @Override
    public int sampleRateHz() {
      return decoding.sampleRateHz();
    }

    @Override
    public int channels() {
      return decoding.channels();
    }

    @Override
    public Optional<float[]> read() throws IOException {
      float[] piece = new float[PIECE_FRAMES * channels()];
      int frames = decoding.read(piece);
      return frames < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(piece, frames * channels()));
    }

    @Override
    public void close() {
      decoding.close();
    }
  }
}
