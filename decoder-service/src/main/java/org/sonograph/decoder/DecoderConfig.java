package org.sonograph.decoder;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.sonograph.runtime.settings.Setting;

/** Settings of decoder-service. */
@ConfigMapping(prefix = "sonograph.decoder")
public interface DecoderConfig {
  @Setting(
      doc = "how long a later chunk of a take waits for a missing one before that becomes silence")
  @WithDefault("1h")
  Duration patience();

  @Setting(doc = "how long an unfinished take may be without news before it is closed as abandoned")
  @WithDefault("24h")
  Duration idle();

  @Setting(doc = "how long a closed take is remembered, so that what comes late is dropped")
  @WithDefault("7d")
  Duration closedLifetime();
}
