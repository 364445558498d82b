package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ear must not take for a drift what is none, nor miss one. */
class LiveEarTest {
  private static final int CHUNKS = 44;
  private static final double BEGIN = 20.25;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.03, -0.06})
  void hearsWhenASoundWasCaptured(double drift) {
    float[] samples = new float[LiveEar.RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sweep(BEGIN + drift + (double) i / LiveEar.RATE, 0);
    }
    assertThat(LiveEar.captured(samples, 0, CHUNKS)).isCloseTo(BEGIN + drift, within(0.011));
  }

  /** Phases of two stretches agree in the middle of a fade, as the player chooses its splices. */
  @ParameterizedTest
  @ValueSource(ints = {-2, -1, 1, 2, 3})
  void aFadeIsNoDrift(int jump) {
    for (int fade : new int[] {240, 960, 4800}) {
      for (int seam = 5500; seam < LiveEar.RATE / 5; seam += 400) {
        double captured = LiveEar.captured(faded(jump, fade, seam), 0, CHUNKS);
        if (!Double.isNaN(captured)) {
          double off = Math.min(Math.abs(captured - BEGIN), Math.abs(captured - BEGIN - jump));
          assertThat(off).as("fade of %d at %d", fade, seam).isLessThan(0.03);
        }
      }
    }
  }

  private static float[] faded(int jump, int fade, int seam) {
    double middle = BEGIN + (seam + fade / 2.0) / LiveEar.RATE;
    double phase = LiveEar.turns(middle) - LiveEar.turns(middle + jump);
    float[] samples = new float[LiveEar.RATE];
    for (int i = 0; i < samples.length; i++) {
      double t = BEGIN + (double) i / LiveEar.RATE;
      double share = Math.clamp((double) (i - seam) / fade, 0, 1);
      samples[i] = (float) ((1 - share) * sweep(t, 0) + share * sweep(t + jump, phase));
    }
    return samples;
  }

  private static float sweep(double seconds, double phase) {
    return (float) (LiveEar.AMPLITUDE * Math.sin(2 * Math.PI * (LiveEar.turns(seconds) + phase)));
  }
}
