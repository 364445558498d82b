package org.sonograph.runtime.osc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OscRouterTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "foyer, foyer, true",
        "foyer, foyer2, false",
        "*, any-name, true",
        "foye?, foyer, true",
        "foye?, foyers, false",
        "\"{foyer,stairs}\", stairs, true",
        "\"{foyer,stairs}\", cellar, false",
        "room[1-3], room2, true",
        "room[!1-3], room2, false",
        "room[, room[, true",
        "{room, {room, true",
        ".*, anything, false",
      })
  void understandsOscsPatterns(String pattern, String name, boolean matches) {
    assertThat(OscRouter.pattern(pattern).matcher(name).matches()).isEqualTo(matches);
  }
}
