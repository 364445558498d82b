package org.sonograph.signal.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sonograph.signal.Signals;

class ResamplerTest {

  @ParameterizedTest
  @CsvSource({
    "44100,48000",
    "48000,24000",
    "96000,48000",
    "22050,48000",
    "8000,48000",
    "44101,48000",
    "192000,48000"
  })
  void hasExactlyTheRoundedLength(int in, int out) {
    for (int n : new int[] {0, 1, 2, 999, 5000}) {
      Sound sound = Resampler.resample(Sound.mono(in, new float[n]), out);
      assertThat(sound.length()).isEqualTo((int) Math.round((double) n * out / in));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "44100,48000",
    "48000,44100",
    "96000,48000",
    "22050,48000",
    "44101,48000",
    "48000,8000"
  })
  void keepsASineToOneHundredDecibels(int in, int out) {
    double hz = 0.37 * Math.min(in, out);
    float[] made =
        Resampler.resample(Sound.mono(in, Signals.sine(in, hz, 0.5, in / 2)), out).channels()[0];
    float[] wanted = Signals.sine(out, hz, 0.5, made.length);
    double error = 0;
    int edge = 500;
    for (int i = edge; i < made.length - edge; i++) {
      error += Math.pow(made[i] - wanted[i], 2);
    }
    // 0.5 rms -9 dB; the passband ripple of a 106 dB Kaiser design and float sums stay 100 dB below
    assertThat(10 * Math.log10(error / (made.length - 2 * edge)) + 9).isLessThan(-100);
  }

  @ParameterizedTest
  @CsvSource({"48000,24000,12200", "96000,48000,24100", "48000,44100,22200", "44101,24000,13000"})
  void silencesWhatWouldFoldBack(int in, int out, double hz) {
    float[] made =
        Resampler.resample(Sound.mono(in, Signals.sine(in, hz, 1, in)), out).channels()[0];
    assertThat(Signals.rmsDb(made, 2000, made.length - 2000)).isLessThan(-100);
  }

  @ParameterizedTest
  @CsvSource({"44100,48000", "48000,24000", "44101,48000", "48000,48000"})
  void givesTheSameToTheLastBitInAnyPieces(int in, int out) {
    float[][] sound = {Signals.noise(1, 0.8, 20_000), Signals.noise(2, 0.8, 20_000)};
    Sound whole = Resampler.resample(new Sound(in, sound), out);
    Resampler resampler = new Resampler(in, out, 2);
    Random random = new Random(9);
    Sound pieces = Sound.silence(out, 2, 0);
    for (int from = 0; from < 20_000; ) {
      int until = Math.min(20_000, from + random.nextInt(900));
      float[][] piece = {
        Arrays.copyOfRange(sound[0], from, until), Arrays.copyOfRange(sound[1], from, until)
      };
      pieces = pieces.then(new Sound(out, resampler.push(piece)));
      from = until;
    }
    pieces = pieces.then(new Sound(out, resampler.finish()));
    assertThat(pieces).isEqualTo(whole);
  }

  @Test
  void doesNotDelay() {
    float[] impulse = new float[2000];
    impulse[1000] = 1;
    float[] out = Resampler.resample(Sound.mono(24_000, impulse), 48_000).channels()[0];
    int top = 0;
    for (int i = 0; i < out.length; i++) {
      top = out[i] > out[top] ? i : top;
    }
    assertThat(top).isEqualTo(2000);
  }
}
