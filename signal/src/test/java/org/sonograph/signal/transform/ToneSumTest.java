package org.sonograph.signal.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sonograph.signal.transform.ToneSum.Tones;

class ToneSumTest {

  @ParameterizedTest
  @CsvSource({
    "400, 800, 0, 37.5", // the notebook's chirp
    "512, 1250, 1000, 1006.2", // a chunk far into a track
    "7, 12000, -0.5, 0.5",
    "3, 0.001, 0, 1", // not one turn
    "1, 0, 5, 6", // a constant
    "5, 300, 2, 2" // a single instant
  })
  void equalsTheLoopOfCosines(int count, double highest, double low, double high) {
    Random random = new Random(count);
    double[] frequency = random.doubles(count, 0, highest == 0 ? 1e-300 : highest).toArray();
    double[] amplitude = random.doubles(count, 0, 1.0 / count).toArray();
    double[] phase = random.doubles(count, -10, 10).toArray();
    double[] places = new double[2000];
    for (int i = 0; i < places.length; i++) {
      places[i] = low + (high - low) * random.nextDouble();
    }
    places[0] = low;
    places[1] = high;
    double[] found = ToneSum.sum(new Tones(frequency, amplitude, phase), places);
    double worst = 0;
    for (int i = 0; i < places.length; i++) {
      double expected = 0;
      for (int t = 0; t < count; t++) {
        expected += amplitude[t] * Math.cos(2 * Math.PI * frequency[t] * places[i] + phase[t]);
      }
      worst = Math.max(worst, Math.abs(found[i] - expected));
    }
    // -140 dB of all tones in step
    assertThat(worst).isLessThan(1e-7 * java.util.Arrays.stream(amplitude).sum());
  }

  @Test
  void negativeFrequenciesTurnBackwards() {
    double[] places = {0.1, 0.2, 0.7};
    double[] there = ToneSum.sum(tone(3, 1), places);
    double[] back = ToneSum.sum(tone(-3, -1), places);
    assertThat(back).containsExactly(there);
  }

  @Test
  void nothingSumsToSilence() {
    Tones none = new Tones(new double[0], new double[0], new double[0]);
    assertThat(ToneSum.sum(none, new double[] {1, 2})).containsOnly(0).hasSize(2);
    assertThat(ToneSum.sum(tone(3, 0), new double[0])).isEmpty();
  }

  @Test
  void refusesMoreTurnsThanMemoryHolds() {
    assertThatThrownBy(() -> ToneSum.sum(tone(1e9, 0), new double[] {0, 10}))
        .hasMessageContaining("expected at most 1048576 turns");
  }

  private static Tones tone(double frequency, double phase) {
    return new Tones(new double[] {frequency}, new double[] {1}, new double[] {phase});
  }
}
