package org.sonograph.runtime.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * Settings of the schema registry client; Confluent's further names go under {@code
 * sonograph.registry.client.}.
 */
@ConfigMapping(prefix = "sonograph.registry")
public interface RegistryConfig {
  @Setting(doc = "address of the schema registry, complete with its path; several by commas")
  @WithDefault("http://localhost:8081")
  String url();

  @Setting(doc = "register our schemas where they are not known yet")
  @WithDefault("true")
  boolean autoRegisterSchemas();

  @Setting(doc = "write with the newest version of the subject (needs auto-register-schemas=false)")
  @WithDefault("false")
  boolean useLatestVersion();

  @Setting(doc = "set the subjects' compatibility to FULL_TRANSITIVE at start")
  @WithDefault("true")
  boolean manageCompatibility();

  @Setting(doc = "user:password for basic authentication", secret = true)
  Optional<String> basicAuthUserInfo();
}
