package org.sonograph.ingest.live;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.Place;

/**
 * How early the sound of a stream's chunks comes, and the rung of quality that follows from it. The
 * stream's own thread sends and looks; any thread may say what has come.
 */
final class Timeliness {
  /** A chain that starts is late, and no slower for it. */
  private static final long WARMING_MS = 60_000;

  private static final double MS_A_SECOND = 1000;

  private final Ladder ladder;
  private final boolean isWatched;
  private final Steps steps;
  private final long begunMs;

  /** Chunks on their way, by take and number: when they are to be heard, and their rung. */
  private final Map<String, OnItsWay> underWay = new ConcurrentHashMap<>();

  private final ConcurrentLinkedQueue<Heard> heard = new ConcurrentLinkedQueue<>();
  private volatile int rung;
  private volatile boolean isWarm;

  private record OnItsWay(long dueMs, int rung, AtomicBoolean isHeard) {}

  private record Heard(long atMs, int rung, double leadSeconds) {}

  /** Hears of each step. */
  @FunctionalInterface
  interface Steps {
    /**
     * A step was taken.
     *
     * @param step -1 down, 1 up
     * @param leadSeconds how early the sound came that made it
     */
    void stepped(int step, double leadSeconds);
  }

  /**
   * Nothing on its way yet.
   *
   * @param isWatched whether somebody says what has come, so that silence means too late
   */
  Timeliness(Ladder ladder, boolean isWatched, Steps steps, long nowMs) {
    this.ladder = ladder;
    this.isWatched = isWatched;
    this.steps = steps;
    this.begunMs = nowMs;
  }

  /** The rung in force; 0 = full quality. Any thread may ask. */
  int rung() {
    return rung;
  }

  /** A chunk goes on its way. */
  void sent(Place place) {
    underWay.put(key(place), new OnItsWay(place.getDueMs(), rung, new AtomicBoolean()));
  }

  /** What comes of earlier chunks says nothing any more. */
  void forget() {
    underWay.clear();
  }

  /** A terminal record has come; any thread may say so. */
  void heard(AudioOutput output, long nowMs) {
    OnItsWay chunk = underWay.get(key(output.getPlace()));
    if (chunk != null) {
      chunk.isHeard().set(true);
      double lead = output.getFailure() != null ? -1 : (chunk.dueMs() - nowMs) / MS_A_SECOND;
      isWarm |= lead >= 0;
      heard.add(new Heard(nowMs, chunk.rung(), lead));
    }
  }

  /** Takes the steps that what has come, or has not, asks for. */
  void look(long nowMs) {
    for (OnItsWay chunk : List.copyOf(underWay.values())) {
      if (nowMs > chunk.dueMs()) {
        underWay.values().remove(chunk);
        if (!chunk.isHeard().get() && isWatched) {
          heard.add(new Heard(nowMs, chunk.rung(), -1));
        }
      }
    }
    isWarm |= nowMs - begunMs > WARMING_MS;
    for (Heard one = heard.poll(); one != null; one = heard.poll()) {
      if (isWarm) {
        int step = ladder.heard(one.atMs(), one.rung(), one.leadSeconds());
        rung = ladder.rung();
        if (step != 0) {
          steps.stepped(step, one.leadSeconds());
        }
      }
    }
  }

  private static String key(Place place) {
    return place.getTake() + "/" + place.getChunk();
  }
}
