package org.sonograph.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.runtime.settings.SettingsTable;

class DecoderReadmeTest {

  @Test
  void settingsTableIsThatOfTheDeclaration() throws IOException {
    assertThat(Files.readString(Path.of("README.md")))
        .contains(SettingsTable.markdown(DecoderConfig.class));
  }

  @Test
  void defaultsAreReadAsTheyAreMeant() {
    DecoderConfig config =
        Settings.load(List.of(), Map.of(), List.of(DecoderConfig.class))
            .getConfigMapping(DecoderConfig.class);
    assertThat(config.patience()).isEqualTo(Duration.ofHours(1));
    assertThat(config.idle()).isEqualTo(Duration.ofDays(1));
    assertThat(config.closedLifetime()).isEqualTo(Duration.ofDays(7));
  }
}
