package org.sonograph.gallery.live;

/**
 * How the output is divided.
 *
 * @param rateHz frames a second
 */
public record OutputGrid(int rateHz) {
  /** Channels of everything that goes out. */
  public static final int CHANNELS = 2;

  /** What streams are played at. */
  public static final OutputGrid STANDARD = new OutputGrid(48_000);

  private static final int BLOCKS_A_SECOND = 100;
  private static final int BLOCKS_A_FADE = 3;

  public OutputGrid {
    if (rateHz < BLOCKS_A_SECOND) {
      throw new IllegalArgumentException(
          "rateHz=" + rateHz + ", expected at least " + BLOCKS_A_SECOND);
    }
  }

  /** Frames that are made at once: 10 ms. */
  public int blockFrames() {
    return rateHz / BLOCKS_A_SECOND;
  }

  /** Frames in which one sound gives way to another: 30 ms. */
  public int fadeFrames() {
    return BLOCKS_A_FADE * blockFrames();
  }

  /** Frames of a time. */
  int frames(double seconds) {
    return (int) Math.round(seconds * rateHz);
  }
}
