package org.sonograph.signal.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void movesToTheNearestPitch() {
    Scale major = Scale.of("major");
    assertThat(major.nearestHz(450, 220)).isCloseTo(440, within(1e-9));
    assertThat(major.nearestHz(100, 220)).isCloseTo(220 / Math.pow(2, 13 / 12.0), within(1e-9));
    assertThat(Scale.of("just").nearestHz(328, 220)).isCloseTo(330, within(1e-9));
    assertThat(Scale.FREE.nearestHz(123.4, 220)).isEqualTo(123.4);
  }

  @Test
  void readsAScalaFile() {
    Scale scale =
        Scale.fromScala(
            """
            ! slendro.scl
            !
            a pentatonic with a ratio, a whole number, cents and remarks
             5
            !
             228.0 remark
             4/3
             702.3
             7/4 harmonic seventh
             2
            """);
    assertThat(scale.cents()).hasSize(5);
    assertThat(scale.cents().get(0)).isEqualTo(228);
    assertThat(scale.cents().get(1)).isCloseTo(498.045, within(0.001));
    assertThat(scale.cents().get(4)).isCloseTo(1200, within(1e-9));
    assertThat(Scale.of(scale.toText())).isEqualTo(scale);
  }

  @Test
  void periodsNeedNotBeOctaves() {
    // Bohlen-Pierce: thirteen steps to the twelfth
    Scale scale = Scale.fromScala("BP\n1\n3/1\n");
    assertThat(scale.nearestHz(1000, 100)).isCloseTo(900, within(1e-6));
  }

  @Test
  void refusesWhatIsNoScale() {
    assertThatThrownBy(() -> Scale.of("cents 100 90")).hasMessageContaining("ascending");
    assertThatThrownBy(() -> Scale.of("dreamy")).hasMessageContaining("no scale of that name");
    for (String file :
        List.of("", "x\n3\n100.\n", "x\ny\n100.\n", "x\n1\n1/0\n", "x\n2\n100.\n1/1\n")) {
      assertThatThrownBy(() -> Scale.fromScala(file)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
