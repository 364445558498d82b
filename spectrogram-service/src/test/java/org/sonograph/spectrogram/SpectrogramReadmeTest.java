package org.sonograph.spectrogram;

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

class SpectrogramReadmeTest {

  @Test
  void settingsTableIsThatOfTheDeclaration() throws IOException {
    assertThat(Files.readString(Path.of("README.md")))
        .contains(SettingsTable.markdown(SpectrogramConfig.class));
  }

  @Test
  void limitsWithoutABrokerAreTheSettingsDefaults() throws IOException {
    String table = SettingsTable.markdown(SpectrogramConfig.class);
    assertThat(table)
        .contains("`" + NotebookLimits.DEFAULT.longest().toMinutes() + "` | min")
        .contains("`" + NotebookLimits.DEFAULT.patience().toHours() + "h`")
        .contains("`" + NotebookLimits.DEFAULT.closedLifetime().toDays() + "d`");
  }

  @Test
  void defaultsAreReadAsTheyAreMeant() {
    SpectrogramConfig config =
        Settings.load(List.of(), Map.of(), List.of(SpectrogramConfig.class))
            .getConfigMapping(SpectrogramConfig.class);
    assertThat(config.patience()).isEqualTo(Duration.ofHours(1));
    assertThat(config.closedLifetime()).isEqualTo(Duration.ofDays(7));
  }
}
