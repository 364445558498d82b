package org.sonograph.gallery.live;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sonograph.runtime.ServerEvents;

/**
 * The wall of each stream, and the windows that show one. A window may wait for a stream that has
 * not begun; a picture may come before its stream does.
 */
public final class Walls implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private final ServerEvents events = new ServerEvents(HEARTBEAT);
  private final Map<String, Wall> walls = new ConcurrentHashMap<>();

  /** Takes a picture of a stream; it is left out where there may be no such stream. */
  public void put(String stream, WallPicture picture) {
    if (walls.containsKey(stream) || LiveStreams.isName(stream) && hasRoom()) {
      of(stream).put(picture);
    }
  }

  private boolean hasRoom() {
    return walls.size() < LiveStreams.MOST_STREAMS;
  }

  /** The wall of a stream. */
  Wall of(String stream) {
    return walls.computeIfAbsent(stream, name -> new Wall(event -> events.tell(name, event)));
  }

  Optional<Wall> find(String stream) {
    return Optional.ofNullable(walls.get(stream));
  }

  /** Windows that are served, and what they are told. */
  ServerEvents events() {
    return events;
  }

  /** What somebody who begins to look at a stream's wall has to know. */
  public List<String> news(String stream) {
    return find(stream).map(Wall::news).orElse(List.of());
  }

  /** Forgets a stream's pictures. */
  void forget(String stream) {
    walls.remove(stream);
  }

  /** Forgets pictures whose stream never began, or is over, after a silence. */
  void sweep(Duration silence, List<String> playing) {
    walls
        .entrySet()
        .removeIf(
            wall ->
                !playing.contains(wall.getKey())
                    && wall.getValue().quietNanos() > silence.toNanos());
  }

  @Override
  public void close() {
    events.close();
  }
}
