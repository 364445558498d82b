package org.sonograph.signal.phase;

/**
 * SplitMix64 (Steele, Lea, Flood 2014): a number for every counter value, the same on every machine
 * and in every release of the platform.
 */
public final class SplitMix {

  /** Distance between counter values: 2^64 over the golden ratio, made odd. */
  public static final long STEP = 0x9e3779b97f4a7c15L;

  private SplitMix() {}

  /** Scatters the bits of a counter value. */
  public static long mix(long value) {
    long z = value + STEP;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** Uniform in [0, 1), 53 bits. */
  public static double unit(long value) {
    return (mix(value) >>> 11) * 0x1p-53;
  }
}
