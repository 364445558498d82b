package org.sonograph.signal.phase;

/**
 * Where Griffin-Lim begins: the complex number that a magnitude is first multiplied with. Its
 * absolute value counts, as in torchaudio, whose random start is not of absolute value one.
 */
@FunctionalInterface
public interface InitialPhase {

  /** Phase zero everywhere. */
  InitialPhase ZERO =
      (frame, re, im) -> {
        java.util.Arrays.fill(re, 1);
        java.util.Arrays.fill(im, 0);
      };

  /**
   * Writes the factors of one frame. It may be asked for frames in any order, each once.
   *
   * @param frame index of the frame
   * @param re real parts, {@code [bin]}, written
   * @param im imaginary parts, {@code [bin]}, written
   */
  void fill(int frame, double[] re, double[] im);

  /**
   * Real and imaginary part uniform in [0, 1), as torchaudio's {@code rand_init}; of numbers of our
   * own, since its generator's depend on its version and device.
   */
  static InitialPhase random(long seed) {
    return (frame, re, im) -> {
      long state = SplitMix.mix(seed + SplitMix.mix(frame));
      for (int k = 0; k < re.length; k++) {
        re[k] = SplitMix.unit(state += SplitMix.STEP);
        im[k] = SplitMix.unit(state += SplitMix.STEP);
      }
    };
  }

  /**
   * Absolute value one and a phase uniform over the circle, given by the seed and the frame's place
   * in its track alone: two pictures that overlap begin alike where they do.
   *
   * @param firstFrame place of frame 0 in its track
   */
  static InitialPhase absolute(long seed, long firstFrame) {
    return (frame, re, im) -> {
      for (int k = 0; k < re.length; k++) {
        double phase = absolute(seed, firstFrame + frame, k);
        re[k] = Math.cos(phase);
        im[k] = Math.sin(phase);
      }
    };
  }

  /** The phase that {@link #absolute(long, long)} begins with at a place of the track, radians. */
  static double absolute(long seed, long frame, int bin) {
    long state = SplitMix.mix(seed + SplitMix.mix(frame)) + SplitMix.STEP * (bin + 1L);
    return 2 * Math.PI * SplitMix.unit(state);
  }
}
