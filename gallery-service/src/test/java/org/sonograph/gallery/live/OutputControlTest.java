package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutputControlTest {
  @Test
  void saysWhatARequestOverHttpWouldSay() {
    assertThat(OutputControl.body(List.of("volume"), List.of(0.5f)).toString())
        .isEqualTo("{\"volume\":0.5}");
    assertThat(OutputControl.body(List.of("mix", "red"), List.of(2)).toString())
        .isEqualTo("{\"mix\":{\"red\":2.0}}");
    assertThat(OutputControl.body(List.of("panic"), List.of(1)).toString())
        .isEqualTo("{\"panic\":true}");
    assertThat(OutputControl.body(List.of("panic"), List.of(false)).toString())
        .isEqualTo("{\"panic\":false}");
  }

  @Test
  void refusesWhatHasNoNumber() {
    assertThatThrownBy(() -> OutputControl.body(List.of("volume"), List.of("loud")))
        .hasMessageContaining("volume without a number");
    assertThatThrownBy(() -> OutputControl.body(List.of("mix"), List.of(1)))
        .hasMessageContaining("mix/READING");
    assertThatThrownBy(() -> OutputControl.body(List.of("volume"), List.of()))
        .hasMessageContaining("one number");
  }
}
