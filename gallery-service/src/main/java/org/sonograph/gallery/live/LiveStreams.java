package org.sonograph.gallery.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All streams there are. They appear with their first piece and are forgotten after a silence. */
public final class LiveStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  /** Streams that are played at once, at most. */
  static final int MOST_STREAMS = 32;

  private final ConcurrentSkipListMap<String, LiveStream> streams = new ConcurrentSkipListMap<>();
  private final Walls walls = new Walls();
  private final Encoders encoders;
  private final Duration forget;
  private final Opening opening;
  private boolean isClosed;

  /** What is done with a stream that begins. */
  @FunctionalInterface
  public interface Opening {
    /** Makes its player, and attaches what else takes its sound. */
    LiveStream open(String name, Encoders encoders);
  }

  /**
   * No streams yet.
   *
   * @param forget time without a piece after which a stream is forgotten
   */
  public LiveStreams(Encoders encoders, Duration forget, Opening opening) {
    this.encoders = encoders;
    this.forget = forget;
    this.opening = opening;
  }

  /** Whether a stream may be called so. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** What is shown of the streams. */
  public Walls walls() {
    return walls;
  }

  /** Takes a piece of a stream. */
  public boolean put(String name, LivePiece piece) {
    Optional<LiveStream> stream = open(name);
    return stream.isPresent() && stream.get().put(piece);
  }

  /** The stream of that name, which begins if it is not there; empty where it may not. */
  public synchronized Optional<LiveStream> open(String name) {
    LiveStream known = streams.get(name);
    if (known != null || isClosed) {
      return Optional.ofNullable(known);
    }
    if (!isName(name) || streams.size() >= MOST_STREAMS) {
      LOG.warn(
          "a stream is not played: {}, expected a name of a-z, 0-9 and -, and at most {} streams",
          name.replaceAll("[^\\w-]", "?"),
          MOST_STREAMS);
      return Optional.empty();
    }
    LiveStream stream = opening.open(name, encoders);
    stream.showOn(walls.of(name));
    streams.put(name, stream);
    stream.start();
    LOG.info("stream {} begins", name);
    return Optional.of(stream);
  }

  /** Ends what nothing has come of for long. */
  public synchronized void sweep() {
    streams
        .values()
        .removeIf(
            stream -> {
              boolean isOver = stream.quietNanos() > forget.toNanos();
              if (isOver) {
                LOG.info("stream {} is forgotten: nothing came for {}", stream.name(), forget);
                stream.close();
              }
              return isOver;
            });
    walls.sweep(forget, List.copyOf(streams.keySet()));
  }

  /** Ends a stream now; false if there is none of that name. */
  public synchronized boolean end(String name) {
    LiveStream stream = streams.remove(name);
    walls.forget(name);
    if (stream != null) {
      stream.close();
      LOG.info("stream {} is ended", name);
    }
    return stream != null;
  }

  /** All by name. */
  public List<LiveStream> all() {
    return List.copyOf(streams.values());
  }

  public Optional<LiveStream> find(String name) {
    return Optional.ofNullable(streams.get(name));
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    walls.close();
    streams.values().forEach(LiveStream::close);
    streams.clear();
  }
}
