package org.sonograph.gallery.live;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** What a player gave, block after block, by a wall clock that is set by hand. */
final class Recording {
  private final LivePlayer player;
  private final OutputGrid grid;
  private final double startMs;
  private float[] samples = new float[1 << 16];
  private int length;

  Recording(LivePlayer player, OutputGrid grid, double startMs) {
    this.player = player;
    this.grid = grid;
    this.startMs = startMs;
  }

  /** Records so long; before each block its number is told. */
  void run(double seconds, IntConsumer beforeBlock) {
    int blocks = (int) Math.round(seconds * grid.rateHz() / grid.blockFrames());
    for (int b = 0; b < blocks; b++) {
      int block = length / grid.blockFrames();
      beforeBlock.accept(block);
      float[] left = player.render(startMs + length * 1000.0 / grid.rateHz()).sound()[0];
      if (length + left.length > samples.length) {
        samples = Arrays.copyOf(samples, 2 * samples.length);
      }
      System.arraycopy(left, 0, samples, length, left.length);
      length += left.length;
    }
  }

  void run(double seconds) {
    run(seconds, block -> {});
  }

  float[] samples() {
    return Arrays.copyOf(samples, length);
  }

  float at(int frame) {
    return samples[frame];
  }

  int length() {
    return length;
  }

  /** Largest second difference: a click of height h makes one of about h. */
  double roughness(double fromSeconds) {
    double most = 0;
    for (int i = Math.max(1, grid.frames(fromSeconds)); i < length - 1; i++) {
      most = Math.max(most, Math.abs(samples[i + 1] - 2.0 * samples[i] + samples[i - 1]));
    }
    return most;
  }

  /** Level of the quietest stretch of so many seconds, as a root of a mean square. */
  double quietest(double fromSeconds, double stretchSeconds) {
    int stretch = grid.frames(stretchSeconds);
    double least = Double.MAX_VALUE;
    for (int from = grid.frames(fromSeconds); from + stretch <= length; from += stretch) {
      double sum = 0;
      for (int i = from; i < from + stretch; i++) {
        sum += samples[i] * samples[i];
      }
      least = Math.min(least, Math.sqrt(sum / stretch));
    }
    return least;
  }
}
