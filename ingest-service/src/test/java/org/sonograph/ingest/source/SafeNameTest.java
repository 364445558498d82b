package org.sonograph.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeNameTest {

  @Test
  void staysOnOneLine() {
    assertThat(SafeName.of("a\nb\r\tc../x.wav")).isEqualTo("a\\nb\\r\\tc../x.wav");
  }

  @Test
  void givesATerminalNothingToObey() {
    assertThat(SafeName.of("\u001b[31mred\u202egnp")).isEqualTo("\\u001b[31mred\\u202egnp");
  }

  @Test
  void leavesOrdinaryNamesAlone() {
    assertThat(SafeName.of("Fr\u00fchst\u00fcck \u97f3 \ud83c\udfb5.flac"))
        .isEqualTo("Fr\u00fchst\u00fcck \u97f3 \ud83c\udfb5.flac");
  }

  @Test
  void keepsTheEndOfAVeryLongName() {
    assertThat(SafeName.of("x".repeat(5000) + ".wav")).hasSize(303).endsWith("x.wav");
  }
}
