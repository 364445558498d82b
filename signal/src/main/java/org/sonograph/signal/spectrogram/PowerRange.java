package org.sonograph.signal.spectrogram;

/**
 * The lowest and highest power seen so far.
 *
 * @param lowest linear, not negative; infinite while nothing was seen
 * @param highest linear, not negative; 0 while nothing was seen
 */
public record PowerRange(float lowest, float highest) {

  /** Nothing seen yet. */
  public static final PowerRange NONE = new PowerRange(Float.POSITIVE_INFINITY, 0);

  /** This range widened to hold more columns, {@code [column][bin]}. */
  public PowerRange including(float[][] columns) {
    float low = lowest;
    float high = highest;
    for (float[] column : columns) {
      for (float power : column) {
        low = Math.min(low, power);
        high = Math.max(high, power);
      }
    }
    return new PowerRange(low, high);
  }

  /** This range widened to hold another. */
  public PowerRange including(PowerRange other) {
    return new PowerRange(Math.min(lowest, other.lowest), Math.max(highest, other.highest));
  }
}
