package org.sonograph.signal.spectrogram;

/**
 * Power to pixel as the notebook has it: {@code 10 log10(power + 1e-9)}, lowest to 0, highest to
 * 255, cut to whole levels, every step in single precision as there.
 *
 * <p>No logarithm is taken per pixel: since the level only grows with power, the 255 powers where
 * it steps are found once, and a pixel finds its level by the top bits of its power.
 */
final class PowerScale {

  private static final float FLOOR = 1e-9f;

  /** Bits of a float below its exponent and the upper eight of its fraction: 0.02 dB. */
  private static final int DROPPED_BITS = 15;

  private final float lowestDb;
  private final float highestDb;

  /** Least bits of a float at which each level begins; one more, out of reach, at the end. */
  private final int[] begins = new int[257];

  private final int firstSlot;
  private final byte[] levels;

  PowerScale(PowerRange range) {
    float lowest = Math.min(range.lowest(), range.highest());
    this.lowestDb = db(lowest + FLOOR);
    this.highestDb = db(range.highest() + FLOOR);
    int first = Float.floatToRawIntBits(lowest + FLOOR);
    int last = Float.floatToRawIntBits(range.highest() + FLOOR);
    begins[0] = 0;
    for (int level = 1; level < 256; level++) {
      begins[level] = firstAtLeast(level, Math.max(first, begins[level - 1]), last + 1);
    }
    begins[256] = Integer.MAX_VALUE;
    this.firstSlot = first >>> DROPPED_BITS;
    this.levels = new byte[(last >>> DROPPED_BITS) - firstSlot + 1];
    int level = 0;
    for (int slot = 0; slot < levels.length; slot++) {
      int bits = firstSlot + slot << DROPPED_BITS;
      while (begins[level + 1] <= bits) {
        level++;
      }
      levels[slot] = (byte) level;
    }
  }

  float lowestDb() {
    return lowestDb;
  }

  float highestDb() {
    return highestDb;
  }

  /** 0 to 255; powers outside the range have the level of its end. */
  int level(float power) {
    int bits = Float.floatToRawIntBits(power + FLOOR);
    int slot = (bits >>> DROPPED_BITS) - firstSlot;
    if (slot < 0) {
      return 0;
    }
    int level = levels[Math.min(slot, levels.length - 1)] & 0xff;
    while (begins[level + 1] <= bits) {
      level++;
    }
    return level;
  }

  private int firstAtLeast(int level, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = low + high >>> 1;
      if (exactLevel(Float.intBitsToFloat(middle)) >= level) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int exactLevel(float floored) {
    if (highestDb == lowestDb) {
      return 0;
    }
    float share = (db(floored) - lowestDb) / (highestDb - lowestDb);
    return Math.clamp((int) (share * 255), 0, 255);
  }

  private static float db(float floored) {
    return 10 * (float) Math.log10(floored);
  }
}
