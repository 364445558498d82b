package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkSetTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0-11", "0-11,13", "2,4-5,9999999"})
  void textAndSetAreInverses(String text) {
    assertThat(ChunkSet.parse(text)).hasToString(text);
  }

  @Test
  void aNumberIsNewOnce() {
    ChunkSet set = new ChunkSet();
    assertThat(set.add(3)).isTrue();
    assertThat(set.add(3)).isFalse();
    assertThat(set.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "5-2", "-1", "0-99999999999", "1,,2"})
  void damagedTextIsRefused(String text) {
    assertThatThrownBy(() -> ChunkSet.parse(text)).isInstanceOf(NumberFormatException.class);
  }
}
