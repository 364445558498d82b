package org.sonograph.signal.phase;

import java.util.Arrays;

/**
 * Places of a spectrum, the loudest first, in steps of a thirtieth of a decibel: a stack for every
 * step, so that neither end costs a search. Steps lie on a grid of their own, not the picture's:
 * the same levels come in the same order in another picture. Of equals the last one in is the first
 * one out. Every place is in it at most once. It has working memory: one thread at a time.
 */
final class LevelQueue {
  /** Enough for 120 dB below the loudest; what is fainter shares the last step. */
  private static final int LEVELS = 4096;

  private static final double STEPS_PER_NEPER = 296;

  private static final int NONE = -1;

  /** {@code [place]}: 0 = the loudest step. */
  private final short[] level;

  /** {@code [place]}: the place below it in its stack. */
  private final int[] below;

  private final int[] top;
  private int loudest = LEVELS;

  /** An empty queue for places of these levels, nepers. */
  LevelQueue(float[] levels) {
    float high = Float.NEGATIVE_INFINITY;
    for (float v : levels) {
      high = Math.max(high, v);
    }
    int highest = (int) Math.floor(high * STEPS_PER_NEPER);
    this.level = new short[levels.length];
    for (int at = 0; at < levels.length; at++) {
      int step = highest - (int) Math.floor(levels[at] * STEPS_PER_NEPER);
      level[at] = (short) Math.min(step, LEVELS - 1);
    }
    this.below = new int[levels.length];
    this.top = new int[LEVELS];
    Arrays.fill(top, NONE);
  }

  void push(int at) {
    int step = level[at];
    below[at] = top[step];
    top[step] = at;
    loudest = Math.min(loudest, step);
  }

  /** Takes out the loudest place; -1 = there is none. */
  int pop() {
    while (loudest < LEVELS) {
      int at = top[loudest];
      if (at != NONE) {
        top[loudest] = below[at];
        return at;
      }
      loudest++;
    }
    return NONE;
  }

  /** All places there are, the loudest first, those of one step in the order of their numbers. */
  int[] order() {
    int[] first = new int[LEVELS + 1];
    for (short step : level) {
      first[step + 1]++;
    }
    for (int i = 1; i <= LEVELS; i++) {
      first[i] += first[i - 1];
    }
    int[] order = new int[level.length];
    for (int at = 0; at < level.length; at++) {
      order[first[level[at]]++] = at;
    }
    return order;
  }
}
