package org.sonograph.ingest.live;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * The segments of a stream that is given out as playlists, one after the other as if they were one
 * body. It begins three segments before the newest, as the standard has it.
 */
final class HlsBody extends InputStream implements Closeable {
  private static final int PLAYLIST_MAX_BYTES = 1 << 20;
  private static final int BEHIND = 3;
  private static final int MOST_LEVELS = 3;
  private static final double LOOKS_A_SEGMENT = 2;

  /** A playlist without news for so many segments' time has been left behind. */
  private static final double MOST_TARGETS = 4;

  private final WebClient web;
  private final URI playlist;
  private final Deque<URI> next = new ArrayDeque<>();
  private Optional<WebAnswer> open = Optional.empty();
  private HlsPlaylist known;
  private long upTo = -1;
  private long newsNanos = System.nanoTime();
  private volatile boolean isClosed;

  /** Reads the playlist, and the one it leads to. */
  HlsBody(WebClient web, URI address) throws IOException {
    this.web = web;
    URI at = address;
    HlsPlaylist list = read(at);
    for (int i = 0; i < MOST_LEVELS && list.segments().isEmpty(); i++) {
      if (list.variants().isEmpty()) {
        throw new IOException("is a playlist with nothing in it");
      }
      at = list.variants().getFirst();
      list = read(at);
    }
    this.playlist = at;
    list.init().ifPresent(next::add);
    upTo = list.isOver() ? -1 : list.first() + list.segments().size() - BEHIND - 1;
    take(list);
  }

  private HlsPlaylist read(URI at) throws IOException {
    try (WebAnswer answer = web.get(at, Map.of())) {
      byte[] text = answer.body().readNBytes(PLAYLIST_MAX_BYTES);
      return HlsPlaylist.parse(answer.from(), new String(text, StandardCharsets.UTF_8));
    }
  }

  private void take(HlsPlaylist list) {
    known = list;
    long newest = list.first() + list.segments().size() - 1;
    if (newest < upTo) {
      // the server was started anew
      upTo = newest - BEHIND;
    }
    for (int i = 0; i < list.segments().size(); i++) {
      long number = list.first() + i;
      if (number > upTo) {
        next.add(list.segments().get(i));
        upTo = number;
        newsNanos = System.nanoTime();
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!isClosed) {
      if (open.isPresent()) {
        int n = open.get().body().read(bytes, offset, length);
        if (n >= 0) {
          return n;
        }
        open.get().close();
        open = Optional.empty();
      } else if (!next.isEmpty()) {
        open = Optional.of(web.get(next.poll(), Map.of()));
      } else if (known.isOver()) {
        return -1;
      } else {
        requireNews();
        rest();
        take(read(playlist));
      }
    }
    return -1;
  }

  private void requireNews() throws IOException {
    double seconds = (System.nanoTime() - newsNanos) / 1e9;
    if (seconds > MOST_TARGETS * known.targetSeconds()) {
      throw new IOException("has had nothing new for %.0f s".formatted(seconds));
    }
  }

  private void rest() throws IOException {
    try {
      Thread.sleep((long) (known.targetSeconds() * 1000 / LOOKS_A_SEGMENT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    open.ifPresent(WebAnswer::close);
  }
}
