package org.sonograph.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  /** Settings of a service that exists here only. */
  @ConfigMapping(prefix = "sonograph.ingest")
  public interface SampleConfig {
    @Setting(doc = "pictures under way before ingest pauses", min = 1, max = 100_000)
    @WithDefault("200")
    int ahead();

    @Setting(doc = "how much", unit = "dB", min = -1.5)
    @WithDefault("0.5")
    double gainDb();

    @Setting(doc = "how long", max = 3600)
    @WithDefault("10m")
    Duration patience();

    @Setting(doc = "a word", secret = true)
    Optional<String> pass();
  }

  private static final List<Class<?>> OWN = List.of(SampleConfig.class);

  @Test
  void takesFlagThenEnvironmentThenFileThenDefault(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("sonograph.properties");
    Files.writeString(
        file, "sonograph.ingest.ahead=10\nsonograph.http.port=8080\nbootstrap.servers=x:1\n");
    Map<String, String> environment =
        Map.of(
            "SONOGRAPH_CONFIG", file.toString(),
            "SONOGRAPH_INGEST_AHEAD", "20",
            "SONOGRAPH_KAFKA_BOOTSTRAP_SERVERS", "env:9092",
            "PATH", "/bin");
    SmallRyeConfig all = Settings.load(List.of("--ingest.ahead=30"), environment, OWN);
    assertThat(all.getConfigMapping(SampleConfig.class).ahead()).isEqualTo(30);
    assertThat(all.getConfigMapping(KafkaConfig.class).bootstrapServers()).isEqualTo("env:9092");
    assertThat(all.getConfigMapping(HttpConfig.class).port()).isEqualTo(8080);
    assertThat(all.getConfigMapping(SampleConfig.class).gainDb()).isEqualTo(0.5);
    SmallRyeConfig noFlag = Settings.load(List.of(), environment, OWN);
    assertThat(noFlag.getConfigMapping(SampleConfig.class).ahead()).isEqualTo(20);
    SmallRyeConfig fileOnly = Settings.load(List.of("--config=" + file), Map.of(), OWN);
    assertThat(fileOnly.getConfigMapping(SampleConfig.class).ahead()).isEqualTo(10);
  }

  @Test
  void refusesUnknownNamesAndSuggestsTheRightOne(@TempDir Path folder) throws IOException {
    assertRefused(List.of("--kafka.bootstrap-server=x"), Map.of())
        .hasMessageContaining("did you mean sonograph.kafka.bootstrap-servers?");
    assertRefused(List.of(), Map.of("SONOGRAPH_INGEST_AHED", "1"))
        .hasMessageContaining("SONOGRAPH_INGEST_AHED")
        .hasMessageContaining("did you mean SONOGRAPH_INGEST_AHEAD?");
    Path file = Files.writeString(folder.resolve("f"), "sonograph.htp.port=1\n");
    assertRefused(List.of("--config=" + file), Map.of())
        .hasMessageContaining(file + ": sonograph.htp.port");
    assertRefused(List.of("ahead"), Map.of()).hasMessageContaining("expected --name=value");
  }

  @Test
  void leavesTheSettingsOfOtherServicesAlone() {
    Settings.load(
        List.of(),
        Map.of("SONOGRAPH_DECODER_PATIENCE_SECONDS", "1", "SONOGRAPH_GALLERY_OUT", "x"),
        OWN);
  }

  @Test
  void refusesValuesOutOfRange() {
    assertRefused(List.of("--ingest.ahead=0"), Map.of())
        .hasMessage("sonograph.ingest.ahead=0, expected 1 to 100000");
    assertRefused(List.of("--ingest.gain-db=-2"), Map.of())
        .hasMessage("sonograph.ingest.gain-db=-2.0, expected from -1.5 dB");
    assertRefused(List.of("--kafka.compression=zip"), Map.of())
        .hasMessageContaining("expected none, lz4, gzip, snappy, zstd");
    assertRefused(List.of("--ingest.patience=0s"), Map.of()).hasMessageContaining("up to 3600");
    assertRefused(List.of("--ingest.patience=2h"), Map.of()).hasMessageContaining("up to 3600");
    assertRefused(List.of("--ingest.patience=soon"), Map.of())
        .hasMessageContaining("sonograph.ingest.patience")
        .hasMessageContaining("'soon', expected a time such as");
    assertRefused(List.of("--http.port=many"), Map.of())
        .hasMessage("sonograph.http.port=many: Expected an integer value, got \"many\"");
    assertRefused(List.of("--registry.url="), Map.of())
        .hasMessage("sonograph.registry.url is empty");
  }

  @Test
  void readsTimesAsPeopleWriteThem() {
    for (String text : List.of("90s", "90000ms", "PT1M30S")) {
      SmallRyeConfig config = Settings.load(List.of("--ingest.patience=" + text), Map.of(), OWN);
      assertThat(config.getConfigMapping(SampleConfig.class).patience())
          .isEqualTo(Duration.ofSeconds(90));
    }
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertRefused(List.of("--config=/nowhere/x"), Map.of())
        .hasMessageContaining("settings file /nowhere/x cannot be read");
  }

  @Test
  void passesAllowedClientPropertiesOnly() {
    SmallRyeConfig config =
        Settings.load(
            List.of("--kafka.client.sasl.mechanism=PLAIN"),
            Map.of("SONOGRAPH_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL"),
            OWN);
    assertThat(PassThrough.kafka(config))
        .containsExactly(
            Map.entry("sasl.mechanism", "PLAIN"), Map.entry("security.protocol", "SASL_SSL"));
    for (String name : List.of("acks", "isolation.level", "group.id", "enable.auto.commit")) {
      assertRefused(List.of("--kafka.client." + name + "=x"), Map.of())
          .hasMessageContaining("may not be set from outside");
    }
  }

  @Test
  void showsSettingsWithSecretsMasked() {
    SmallRyeConfig config =
        Settings.load(
            List.of(
                "--ingest.pass=xyzzy",
                "--kafka.client.sasl.jaas.config=xyzzy",
                "--registry.client.bearer.auth.token=xyzzy"),
            Map.of(),
            OWN);
    Map<String, String> shown = Settings.shown(config, OWN);
    assertThat(shown)
        .containsEntry("sonograph.ingest.pass", "********")
        .containsEntry("sonograph.kafka.client.sasl.jaas.config", "********")
        .containsEntry("sonograph.http.host", "127.0.0.1")
        .containsEntry("sonograph.kafka.instance-id", "");
    assertThat(shown.values()).noneMatch(v -> v.contains("xyzzy"));
  }

  @Test
  void readmeCarriesTheSettingsAsDeclared() throws IOException {
    assertThat(Files.readString(Path.of("README.md")))
        .contains(SettingsTable.markdown(Settings.shared().toArray(Class<?>[]::new)));
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(
      List<String> args, Map<String, String> environment) {
    return assertThatThrownBy(() -> Settings.load(args, environment, OWN))
        .isInstanceOf(SettingsException.class);
  }
}
