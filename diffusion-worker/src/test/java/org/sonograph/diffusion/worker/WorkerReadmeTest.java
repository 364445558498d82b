package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sonograph.runtime.settings.SettingsTable;

class WorkerReadmeTest {
  @Test
  void settingsTableIsThatOfTheDeclaration() throws IOException {
    assertThat(Files.readString(Path.of("README.md")))
        .contains(SettingsTable.markdown(DiffusionConfig.class));
  }
}
