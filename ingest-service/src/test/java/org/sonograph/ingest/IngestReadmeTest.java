package org.sonograph.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sonograph.ingest.send.AheadGate;
import org.sonograph.runtime.ffmpeg.FFmpegConfig;
import org.sonograph.runtime.settings.SettingsTable;

class IngestReadmeTest {

  @Test
  void carriesTheTableOfSettings() throws IOException {
    assertThat(readme()).contains(SettingsTable.markdown(IngestConfig.class, FFmpegConfig.class));
  }

  @Test
  void namesEveryMeter() throws IOException {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new IngestMetrics(meters, new AheadGate(() -> 0, 1, time -> {}));
    String readme = readme();
    meters
        .scrape()
        .lines()
        .filter(line -> line.startsWith("sonograph_"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .forEach(name -> assertThat(readme).contains("`" + name));
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }
}
