package org.sonograph.runtime.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of Open Sound Control, by which live streams are changed and told of. */
@ConfigMapping(prefix = "sonograph.osc")
public interface OscConfig {
  @Setting(
      doc =
          "address to listen on; 0.0.0.0 = all, and then whoever reaches the port may change"
              + " streams, since OSC knows no token")
  @WithDefault("127.0.0.1")
  String host();

  @Setting(doc = "UDP port to listen on; 0 = none", min = 0, max = 65_535)
  @WithDefault("0")
  int port();

  @Setting(doc = "HOST:PORT, by commas, that are told over UDP of what is heard; empty = none")
  Optional<String> out();
}
