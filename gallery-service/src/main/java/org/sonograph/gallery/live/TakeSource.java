package org.sonograph.gallery.live;

/**
 * One reading of a take, read by the take's clock.
 *
 * @param kind what it is for the listener
 * @param track the sound
 * @param clock where the output is in it
 */
record TakeSource(Kind kind, Track track, TakeClock clock) implements Source {
  private static final double LONGEST_STAY_SECONDS = 1;

  /** Frames that are needed to stay: what is left must be able to fade away. */
  static int leastFrames(OutputGrid grid) {
    return grid.fadeFrames() + 2 * grid.blockFrames();
  }

  /** Frames of a usual piece. */
  int usualFrames() {
    return (int) (track.lastLength() / clock.step());
  }

  /** Whether there is so much of it that it need not be left again at once. */
  boolean isWorthTurningTo(OutputGrid grid, long frame) {
    int stay = Math.min(grid.frames(LONGEST_STAY_SECONDS), usualFrames() / 2);
    return ahead(frame) >= Math.max(leastFrames(grid) + grid.fadeFrames(), stay);
  }

  @Override
  public long ahead(long frame) {
    double position = clock.position(frame);
    if (position < 0) {
      return 0;
    }
    long available = track.availableTo((long) position);
    long margin = clock.isExact() ? 0 : Sinc.HALF + 1;
    return (long) Math.max(0, (available - margin - position) / clock.step());
  }

  @Override
  public void read(long frame, float[][] out, int count) {
    double position = clock.position(frame);
    if (clock.isExact()) {
      track.copy((long) position, out, count);
      return;
    }
    long first = (long) Math.floor(position);
    int length = (int) Math.ceil(count * clock.step()) + 2 * Sinc.HALF + 2;
    float[][] samples = new float[out.length][length];
    track.copy(first - Sinc.HALF, samples, length);
    for (int c = 0; c < out.length; c++) {
      Sinc.read(samples[c], position - first, clock.step(), out[c], count);
    }
  }
}
