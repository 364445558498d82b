package org.sonograph.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RetentionOptionsTest {
  private static Map<String, String> settings(String... args) {
    return CommandLine.populateCommand(new RetentionOptions(), args).settings();
  }

  @Test
  void nothingIsDeletedUnlessItIsWished() {
    assertThat(settings()).isEmpty();
    assertThat(settings("--takes-days=30", "--takes-gb=0.5"))
        .containsOnly(
            Map.entry("sonograph.gallery.keep-days", "30.0"),
            Map.entry("sonograph.gallery.keep-gb", "0.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "36501"})
  void refusesWhatIsNoAge(String days) {
    assertThatThrownBy(() -> settings("--takes-days=" + days))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("--takes-days=.*, expected more than 0, at most 36500");
  }
}
