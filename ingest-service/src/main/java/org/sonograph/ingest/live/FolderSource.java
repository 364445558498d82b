package org.sonograph.ingest.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.ingest.source.FolderWalk;
import org.sonograph.runtime.ffmpeg.Decoding;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.Probe;

/**
 * The sounds of a folder, one after the other in the order of their names; what was put there
 * meanwhile is played the next time round.
 */
final class FolderSource implements LiveSource {
  private static final Logger LOG = LoggerFactory.getLogger(FolderSource.class);

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
        return DecodedFeed.of(decoding);
      } catch (IOException e) {
        // a cover, a text, a file that was taken away: the next one is played
        LOG.debug("{} is passed over: {}", file, e.getMessage());
      }
    }
    throw new IOException("holds no sound that can be read");
  }
}
