package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputChangeTest {
  private static OutputChange read(String json) throws Exception {
    return OutputChange.read(new ObjectMapper().readTree(json), List.of("inverse", "voices"));
  }

  @Test
  void readsWhatIsNamedAndLeavesTheRest() throws Exception {
    assertThat(read("{\"volume\": 0.5}"))
        .isEqualTo(new OutputChange(Optional.of(0.5), Map.of(), Optional.empty()));
    assertThat(read("{\"mix\": {\"voices\": 2}, \"panic\": true}"))
        .isEqualTo(new OutputChange(Optional.empty(), Map.of("voices", 2.0), Optional.of(true)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                    | nothing to change
          []                    | nothing to change
          {"volume": 2}         | from 0 to 1
          {"volume": "loud"}    | from 0 to 1
          {"panic": 1}          | expected true or false
          {"mix": {"bells": 1}} | expected one of inverse, voices
          {"mix": 3}            | expected an object
          {"tempo": 1}          | unknown: tempo
          """)
  void refusesEverythingElse(String json, String error) {
    assertThatThrownBy(() -> read(json)).hasMessageContaining(error);
  }
}
