package org.sonograph.gallery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sonograph.signal.spectrogram.FrequencyAxis;

class FrequencyMarksTest {
  private static final FrequencyAxis LOG =
      new FrequencyAxis(FrequencyAxis.Scale.LOG, 55, 55 * 256, 512);

  @Test
  void notesLieWhereTheirFrequenciesLie() {
    var marks = FrequencyMarks.NOTES.of(LOG, 0.05);
    assertThat(marks).extracting(FrequencyMarks.Mark::text).startsWith("C2", "C3").endsWith("C9");
    // C4, 261.63 Hz, is 2.25 of 8 octaves above A1
    assertThat(marks.get(2).top()).isCloseTo(1 - 2.25 / 8, within(1e-9));
  }

  @Test
  void marksThatWouldTouchAreLeftOut() {
    FrequencyAxis linear = new FrequencyAxis(FrequencyAxis.Scale.LINEAR, 0, 12_000, 300);
    assertThat(FrequencyMarks.HZ.of(linear, 0.1))
        .extracting(FrequencyMarks.Mark::text)
        .containsExactly("50 Hz", "2 kHz", "5 kHz", "10 kHz");
  }
}
