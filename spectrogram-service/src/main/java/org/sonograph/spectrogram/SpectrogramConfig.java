package org.sonograph.spectrogram;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.sonograph.runtime.settings.Setting;

/** Settings of spectrogram-service. */
@ConfigMapping(prefix = "sonograph.spectrogram")
public interface SpectrogramConfig {
  @Setting(
      doc = "longest sound that becomes one notebook picture; longer ones are refused",
      unit = "min",
      min = 1,
      max = 240)
  @WithDefault("10")
  int notebookLimitMin();

  @Setting(doc = "how long a notebook take may be without news before its picture is given up")
  @WithDefault("1h")
  Duration patience();

  @Setting(
      doc = "how long a finished notebook take is remembered, so that repeated chunks are dropped")
  @WithDefault("7d")
  Duration closedLifetime();
}
