package org.sonograph.gallery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sonograph.signal.loudness.LoudnessMeter;
import org.sonograph.signal.loudness.TruePeak;
import org.sonograph.signal.sound.Sound;

class MixTest {
  private static final List<String> MADE = List.of("rgb-mean", "voices");

  private static Sound tone(double hz, int samples) {
    float[] out = new float[samples];
    for (int i = 0; i < samples; i++) {
      out[i] = (float) (0.2 * Math.sin(2 * Math.PI * hz * i / 48_000));
    }
    return Sound.mono(48_000, out);
  }

  @Test
  void weighsSoundsAndHoldsTheLevel() {
    Map<String, Sound> sounds = Map.of("rgb-mean", tone(440, 96_000), "voices", tone(1000, 90_000));
    Sound mixed = Mix.parse("rgb-mean=0.8,voices=0.2", MADE).of(sounds);
    assertThat(mixed.length()).isEqualTo(96_000);
    assertThat(LoudnessMeter.integratedLufs(48_000, mixed.channels())).isCloseTo(-20, within(0.2));
    assertThat(TruePeak.dbtp(mixed.channels())).isLessThan(-0.9);
    assertThat(level(mixed, 440) / level(mixed, 1000)).isCloseTo(4, within(0.05));
  }

  private static double level(Sound sound, double hz) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < 48_000; i++) {
      re += sound.channels()[0][i] * Math.cos(2 * Math.PI * hz * i / 48_000);
      im += sound.channels()[0][i] * Math.sin(2 * Math.PI * hz * i / 48_000);
    }
    return Math.hypot(re, im);
  }

  @Test
  void refusesWhatIsNotMade() {
    assertThatThrownBy(() -> Mix.parse("bells=1", MADE)).hasMessageContaining("bells is not made");
    for (String text : List.of("", "voices", "voices=-1", "voices=x", "voices=1,voices=1")) {
      assertThatThrownBy(() -> Mix.parse(text, MADE)).hasMessageContaining("--mix=" + text);
    }
  }
}
