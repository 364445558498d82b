package org.sonograph.runtime.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the server that carries health, metrics and a service's own routes. */
@ConfigMapping(prefix = "sonograph.http")
public interface HttpConfig {
  @Setting(doc = "address to listen on; 0.0.0.0 = all, which lets the network in")
  @WithDefault("127.0.0.1")
  String host();

  @Setting(doc = "port to listen on; 0 = a free one, named in the log", min = 0, max = 65_535)
  @WithDefault("0")
  int port();

  @Setting(
      doc =
          "further HOST:PORT, by commas, under which browsers may reach it; its own address always may")
  Optional<String> hosts();

  @Setting(
      doc =
          "word that every request but those for health and metrics must bring, as ?token= once or as Authorization: Bearer; the page is served beyond this machine only with one",
      secret = true)
  Optional<String> token();
}
