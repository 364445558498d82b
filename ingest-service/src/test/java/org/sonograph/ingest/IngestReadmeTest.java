package org.sonograph.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sonograph.runtime.ffmpeg.FFmpegConfig;
import org.sonograph.runtime.settings.SettingsTable;

class IngestReadmeTest {

  @Test
  void carriesTheTableOfSettings() throws IOException {
    assertThat(readme()).contains(SettingsTable.markdown(IngestConfig.class, FFmpegConfig.class));
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }
}
