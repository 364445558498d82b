package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
  @ParameterizedTest
  @CsvSource({
    "Rain on tin.wav, Rain on tin",
    "a.b.flac, a.b",
    "no ending, no ending",
    "Étude Nº 1.mp3, Étude Nº 1",
    "雨.opus, 雨",
    ".hidden.wav, hidden",
    "con.wav, _con",
    "Aux, _Aux",
    "com1.x.wav, _com1.x",
    "-rf.wav, rf",
    "~home.wav, home",
    "trailing dots...wav, trailing dots",
    "a:b*c?.wav, a_b_c_"
  })
  void keepsWhatCanBeReadAndDropsWhatCannotBeStored(String source, String folder) {
    assertThat(SafeName.ofSource(source, "take")).isEqualTo(folder);
  }

  @Test
  void separatorsAndControlCharactersNeverLeaveTheFolder() {
    assertThat(SafeName.ofSource("../../x\n/\u0000\u202Ey\\z.wav", "take"))
        .doesNotContain("/", "\\", "\n", "\u0000", "\u202E")
        .doesNotStartWith(".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "///", "\n", " ", "_"})
  void aNameWithNothingInItBecomesTheTakes(String source) {
    assertThat(SafeName.ofSource(source, "ab12")).isEqualTo("ab12");
  }

  @Test
  void aLongNameIsCutBetweenCharacters() {
    String name = SafeName.ofSource("雨".repeat(200) + ".wav", "take");
    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(SafeName.MAX_BYTES);
    assertThat(name).matches("雨+");
  }

  @Test
  void composedAndDecomposedAccentsAreOneName() {
    assertThat(SafeName.ofSource("e\u0301.wav", "t"))
        .isEqualTo(SafeName.ofSource("\u00e9.wav", "t"));
  }
}
