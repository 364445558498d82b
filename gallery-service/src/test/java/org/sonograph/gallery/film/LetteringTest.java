package org.sonograph.gallery.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sonograph.gallery.report.Typefaces;

class LetteringTest {
  private static final Lettering MONO = Lettering.of(Typefaces.MONO, 20);

  @Test
  void figuresOfTheMonoFaceAreEvenlyWide() {
    // IBM Plex Mono: every glyph is 600 of 1000 units
    assertThat(MONO.width("0123456789")).isCloseTo(120, within(0.01));
    assertThat(MONO.width("дождь")).isCloseTo(60, within(0.01));
  }

  @Test
  void breaksAtSpacesAndCutsWhatIsTooLong() {
    assertThat(MONO.lines("one two three", 12 * 8, 3)).isEqualTo(List.of("one two", "three"));
    assertThat(MONO.lines("one two three", 12 * 8, 1)).isEqualTo(List.of("one two…"));
    assertThat(MONO.lines("unbreakable", 12 * 6, 2)).isEqualTo(List.of("unbre…"));
  }
}
