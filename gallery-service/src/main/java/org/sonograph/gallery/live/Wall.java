package org.sonograph.gallery.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sonograph.runtime.ServerEvents;

/**
 * What a wall needs to know of one stream: its last pictures, and from which frame of the output on
 * which place of which take is heard. Any thread may call it.
 */
final class Wall {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OutputGrid GRID = OutputGrid.STANDARD;
  private static final int MOST_PICTURES = 64;
  private static final long MOST_BYTES = 32L << 20;

  /** A listener may be so far behind what is made now. */
  private static final double KEPT_SECONDS = 12;

  /** Beyond this the output is no longer where it was said to be. */
  private static final double TOLERANCE_SECONDS = 0.005;

  private static final double AGAIN_SECONDS = 1;

  private final Consumer<Supplier<String>> told;
  private final Map<String, WallPicture> pictures = new TreeMap<>();
  private final Deque<Moment> moments = new ArrayDeque<>();
  private volatile long newsNanos = System.nanoTime();

  /**
   * From a frame on this is heard.
   *
   * @param frame frame of the output
   * @param heardMs when that frame is heard, by the wall clock
   */
  private record Moment(long frame, double heardMs, Heard heard) {
    double seconds(long later) {
      return heard.seconds() + (later - frame) / (double) GRID.rateHz();
    }

    /** Whether it says, of a later frame, the same. */
    boolean foretells(long later, Heard then) {
      return heard.kind() == then.kind()
          && heard.take().equals(then.take())
          && heard.chunk() == then.chunk()
          && (!then.isTake() || Math.abs(seconds(later) - then.seconds()) < TOLERANCE_SECONDS);
    }
  }

  /**
   * A wall without pictures.
   *
   * @param told gets each event as it happens
   */
  Wall(Consumer<Supplier<String>> told) {
    this.told = told;
  }

  private static String key(String take, String chunk) {
    return take + "/" + chunk;
  }

  /** Takes a picture; where there is no more room, those that were due first go. */
  void put(WallPicture picture) {
    newsNanos = System.nanoTime();
    synchronized (pictures) {
      pictures.putIfAbsent(key(picture.take(), Long.toString(picture.chunk())), picture);
      while (pictures.size() > MOST_PICTURES || bytes() > MOST_BYTES) {
        pictures.values().remove(inOrder().getFirst());
      }
    }
    told.accept(() -> event(picture));
  }

  private long bytes() {
    return pictures.values().stream().mapToLong(picture -> picture.png().length).sum();
  }

  private List<WallPicture> inOrder() {
    return pictures.values().stream().sorted(Comparator.comparing(WallPicture::endMs)).toList();
  }

  /** A picture as PNG. */
  Optional<byte[]> png(String take, String chunk) {
    synchronized (pictures) {
      return Optional.ofNullable(pictures.get(key(take, chunk))).map(WallPicture::png);
    }
  }

  /** Time since the last picture came. */
  long quietNanos() {
    return System.nanoTime() - newsNanos;
  }

  /**
   * Takes note of what is heard from a frame on.
   *
   * @param heardMs when that frame is heard, by the wall clock
   */
  void at(long frame, double heardMs, Heard heard) {
    Moment moment = new Moment(frame, heardMs, heard);
    synchronized (moments) {
      Moment last = moments.peekLast();
      if (last != null
          && frame - last.frame() < GRID.frames(AGAIN_SECONDS)
          && last.foretells(frame, heard)) {
        return;
      }
      moments.addLast(moment);
      while (frame - moments.getFirst().frame() > GRID.frames(KEPT_SECONDS)) {
        moments.removeFirst();
      }
    }
    told.accept(() -> event(moment));
  }

  /** What somebody who comes now has to know. */
  List<String> news() {
    List<String> all = new ArrayList<>();
    synchronized (pictures) {
      inOrder().forEach(picture -> all.add(event(picture)));
    }
    synchronized (moments) {
      moments.forEach(moment -> all.add(event(moment)));
    }
    return all;
  }

  private static String event(WallPicture picture) {
    ObjectNode data = JSON.createObjectNode();
    data.put("take", picture.take()).put("chunk", picture.chunk());
    data.setAll((ObjectNode) JSON.valueToTree(picture.span()));
    data.set("label", JSON.valueToTree(picture.label()));
    return ServerEvents.event("picture", data);
  }

  private static String event(Moment moment) {
    Heard heard = moment.heard();
    ObjectNode data = JSON.createObjectNode();
    data.put("frame", moment.frame()).put("heardMs", moment.heardMs());
    data.put("sentMs", System.currentTimeMillis()).put("state", heard.kind().text());
    data.put("take", heard.take()).put("chunk", heard.chunk()).put("seconds", heard.seconds());
    return ServerEvents.event("heard", data);
  }
}
