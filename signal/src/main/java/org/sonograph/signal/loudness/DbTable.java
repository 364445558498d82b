package org.sonograph.signal.loudness;

/**
 * Whole decibels of a power by looking at the bits of a float: a logarithm for every bin of a long
 * file is slow.
 */
final class DbTable {
  /** Mantissa bits looked at: 0.004 dB. */
  private static final int MANTISSA_BITS = 10;

  private static final int SHIFT = 23 - MANTISSA_BITS;
  private static final short[] TABLE = table();

  private DbTable() {}

  /**
   * The largest whole number of dB that is not above {@code 10 log10(power)}; very low for zero.
   */
  static int floorDb(float power) {
    return TABLE[Float.floatToRawIntBits(power) >>> SHIFT & TABLE.length - 1];
  }

  private static short[] table() {
    short[] out = new short[1 << (8 + MANTISSA_BITS)];
    for (int i = 0; i < out.length; i++) {
      double power = Float.intBitsToFloat(i << SHIFT | 1 << (SHIFT - 1));
      out[i] =
          i == 0 || !(power < Float.POSITIVE_INFINITY)
              ? -1000
              : (short) Math.floor(10 * Math.log10(power));
    }
    return out;
  }
}
