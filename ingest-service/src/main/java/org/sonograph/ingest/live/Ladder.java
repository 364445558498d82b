package org.sonograph.ingest.live;

import java.util.List;
import java.util.OptionalInt;

/**
 * Which quality a stream can afford: down a rung as soon as its sound comes too late, up again
 * after a calm while in which there was time to spare. Each step up that does not last makes the
 * next one wait longer. Belongs to one thread.
 */
final class Ladder {
  static final String DOWN = "down";
  static final String UP = "up";
  static final List<String> DIRECTIONS = List.of(DOWN, UP);

  /** Sound that comes this close to its time is as good as late. */
  static final double LEAST_SECONDS = 0.3;

  /** The next rung takes about twice the time; this leaves it a little more. */
  private static final double TIME_UP = 2.4;

  private static final long CALM_MS = 30_000;
  private static final long MOST_CALM_MS = 900_000;

  /** A step up that holds so long was right. */
  private static final long HOLDS_MS = 120_000;

  private final int rungs;
  private final OptionalInt unpainted;
  private final double mostSeconds;
  private int rung;
  private long calmSinceMs;
  private long calmMs = CALM_MS;
  private long steppedUpMs;

  /** Least time that sound took without painting. */
  private double besidesSeconds = Double.POSITIVE_INFINITY;

  /** Whether the last step was up and has yet to prove right. */
  private boolean isTrial;

  /**
   * On the highest rung.
   *
   * @param rungs how many there are
   * @param unpainted the rung on which nothing is painted, if there is one
   * @param mostSeconds how early sound would come if it took no time at all
   */
  Ladder(int rungs, OptionalInt unpainted, double mostSeconds, long nowMs) {
    this.rungs = rungs;
    this.unpainted = unpainted;
    this.mostSeconds = mostSeconds;
    this.calmSinceMs = nowMs;
  }

  /** The rung in force; 0 = full quality. */
  int rung() {
    return rung;
  }

  /**
   * A chunk's sound has come, or has not.
   *
   * @param of rung of that chunk; what was sent before the last step says nothing
   * @param leadSeconds how long before it is to be heard; less than 0 = too late, or failed
   * @return the step that was taken: -1 down, 1 up, 0 none
   */
  int heard(long nowMs, int of, double leadSeconds) {
    if (of != rung) {
      return 0;
    }
    if (isTrial && nowMs - steppedUpMs >= HOLDS_MS) {
      isTrial = false;
      calmMs = CALM_MS;
    }
    if (leadSeconds < LEAST_SECONDS) {
      return down(nowMs);
    }
    if (!hasTime(mostSeconds - leadSeconds)) {
      calmSinceMs = nowMs;
    }
    return rung > 0 && nowMs - calmSinceMs >= calmMs ? up(nowMs) : 0;
  }

  /**
   * Whether the next rung may be affordable. What takes time without any painting, takes no more of
   * it there; where nothing is painted, only a trial tells.
   */
  private boolean hasTime(double usedSeconds) {
    if (unpainted.isPresent() && unpainted.getAsInt() == rung) {
      besidesSeconds = Math.min(besidesSeconds, usedSeconds);
      return true;
    }
    double besides = Double.isInfinite(besidesSeconds) ? 0 : besidesSeconds;
    double painting = Math.max(0, usedSeconds - besides);
    return besides + TIME_UP * painting <= mostSeconds;
  }

  private int down(long nowMs) {
    calmSinceMs = nowMs;
    if (rung == rungs - 1) {
      return 0;
    }
    if (isTrial) {
      isTrial = false;
      calmMs = Math.min(MOST_CALM_MS, 2 * calmMs);
    }
    rung++;
    return -1;
  }

  private int up(long nowMs) {
    rung--;
    calmSinceMs = nowMs;
    steppedUpMs = nowMs;
    isTrial = true;
    return 1;
  }
}
