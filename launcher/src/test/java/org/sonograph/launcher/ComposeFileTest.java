package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.diffusion.worker.DiffusionWorkerService;
import org.sonograph.ingest.recipe.RecipeDefaults;
import org.sonograph.launcher.embedded.Chain;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.launcher.recipe.ModelDefaults;
import org.sonograph.launcher.recipe.Presets;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.schemas.Topics;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** Compose file, images and Prometheus' configuration say of the code only what is true. */
class ComposeFileTest {
  private static final Path HOME = Installation.home();
  private static final Pattern PINNED = Pattern.compile("[a-z/-]+:v?[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final String OURS = "sonograph/";

  /** What must be there first where that is not the set-up. */
  private static final Map<String, String> BEFORE =
      Map.of("setup", "kafka", "canary", "ingest-service");

  private static Map<String, Map<String, Object>> services;
  private static String images;

  @BeforeAll
  static void read() throws IOException {
    services = servicesOf("docker-compose.yml");
    images = Files.readString(HOME.resolve("deploy/Dockerfile"));
  }

  static List<String> names() throws IOException {
    return List.copyOf(servicesOf("docker-compose.yml").keySet());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyServiceIsBoundedAndSaysHowItIs(String name) {
    Map<String, Object> service = services.get(name);
    assertThat(service).containsKeys("image", "mem_limit", "logging", "cap_drop");
    assertThat(service).doesNotContainKeys("container_name", "privileged", "network_mode");
    assertThat(service.get("image").toString()).matches(PINNED);
    for (Object port : list(service, "ports")) {
      assertThat(port.toString()).startsWith("127.0.0.1:");
    }
    if (!name.equals("setup")) {
      assertThat(map(service, "healthcheck")).containsKeys("test", "interval", "timeout");
      assertThat(service).containsEntry("restart", "unless-stopped");
    }
  }

  @Test
  void ourServicesWriteNowhereElseAndWaitForTheSetUp() {
    ours()
        .forEach(
            (name, service) -> {
              assertThat(service).as(name).containsEntry("read_only", true);
              String first = BEFORE.getOrDefault(name, "setup");
              assertThat(map(map(service, "depends_on"), first))
                  .as(name)
                  .containsEntry(
                      "condition",
                      first.equals("setup") ? "service_completed_successfully" : "service_healthy");
            });
  }

  @Test
  void whatIsScaledHasNoPort() {
    for (String name : List.of("diffusion-worker", "spectrogram-service", "decoder-service")) {
      assertThat(services.get(name)).doesNotContainKey("ports");
    }
  }

  @Test
  void everyImageOfOursIsATargetThatStartsAMainOfOurs() {
    Map<String, String> mains = new TreeMap<>();
    Pattern.compile("(?s)FROM \\S+ AS (\\S+)\n(?:(?!\nFROM ).)*?ENTRYPOINT .*?\"(org\\.[^\"]+)\"]")
        .matcher(images)
        .results()
        .forEach(m -> mains.put(m.group(1), m.group(2)));
    assertThat(mains).hasSize(6);
    mains.forEach(
        (target, main) ->
            assertThatCode(() -> Class.forName(main).getMethod("main", String[].class))
                .as(target)
                .doesNotThrowAnyException());
    ours()
        .forEach(
            (name, service) -> {
              String target = map(service, "build").get("target").toString();
              assertThat(mains).containsKey(target);
              assertThat(service.get("image").toString())
                  .isEqualTo(OURS + target + ":" + version());
            });
    assertThat(images).contains("ARG VERSION=" + version() + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"setup", "canary"})
  void theCommandLineUnderstandsWhatItIsTold(String name) {
    String[] words =
        list(services.get(name), "command").stream().map(Object::toString).toArray(String[]::new);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Terminal silent = new Terminal(nowhere, nowhere, false, 80);
    SonographCommand.commandLine(silent, new Presets(HOME)).parseArgs(words);
    assertThat(words).contains(name);
  }

  @Test
  void theBrokerTakesTheLargestMessage() {
    Map<String, Object> broker = map(services.get("kafka"), "environment");
    for (String limit : List.of("KAFKA_MESSAGE_MAX_BYTES", "KAFKA_REPLICA_FETCH_MAX_BYTES")) {
      assertThat(broker).containsEntry(limit, Integer.toString(Topics.MESSAGE_MAX_BYTES));
    }
  }

  @Test
  void everySettingExistsAndTakesItsValue() throws IOException {
    Map<String, String> variables = new TreeMap<>();
    Stream.concat(services.values().stream(), servicesOf("compose.gpu.yaml").values().stream())
        .forEach(
            service ->
                map(service, "environment")
                    .forEach((name, value) -> variables.put(name, value.toString())));
    Pattern.compile("(SONOGRAPH_[A-Z_]+)=(\\S+)")
        .matcher(images)
        .results()
        .forEach(m -> variables.putIfAbsent(m.group(1), m.group(2)));
    variables.remove(Settings.FILE_VARIABLE);
    variables.keySet().removeIf(name -> !name.startsWith("SONOGRAPH_"));
    assertThat(variables).hasSizeGreaterThan(9);
    assertThatCode(() -> Settings.load(List.of(), variables, settings()))
        .doesNotThrowAnyException();
  }

  @Test
  void takesAreMadeAsTheModelIsBestUsed() {
    String recipe =
        map(services.get("ingest-service"), "environment")
            .get("SONOGRAPH_INGEST_RECIPE")
            .toString();
    ModelDefaults usual = ModelDefaults.of("sketch", RecipeDefaults.TAPE);
    assertThat(recipe)
        .isEqualTo(
            "model=sketch&strength=%s&guidance=%s&steps=%d"
                .formatted(usual.strength(), usual.guidance(), usual.steps()));
  }

  @Test
  void passwordsComeFromFilesAlone() throws IOException {
    for (Map<String, Object> service : services.values()) {
      map(service, "environment")
          .forEach(
              (name, value) -> {
                if (name.matches(".*(PASSWORD|TOKEN|SECRET|JAAS).*")) {
                  assertThat(value.toString()).startsWith("/run/secrets/");
                }
              });
    }
    String prepare = Files.readString(HOME.resolve("deploy/prepare"));
    for (String secret : map(yaml("docker-compose.yml"), "secrets").keySet()) {
      assertThat(prepare).contains("keep " + secret);
    }
  }

  @Test
  void prometheusAsksEveryServiceAtItsPort() throws IOException {
    String asked = yaml("monitoring/prometheus/prometheus.yml").toString();
    MatchResult port =
        Pattern.compile("SONOGRAPH_HTTP_PORT=(\\d+)").matcher(images).results().findFirst().get();
    ours().keySet().stream()
        .filter(name -> !name.equals("setup"))
        .forEach(name -> assertThat(asked).containsPattern(name + "(:|.*?port=)" + port.group(1)));
  }

  @Test
  void grafanaFindsPrometheusUnderTheUidOfItsDashboards() throws IOException {
    Map<?, ?> source =
        (Map<?, ?>)
            list(yaml("monitoring/grafana/provisioning/datasources/prometheus.yml"), "datasources")
                .getFirst();
    assertThat(source.get("uid")).isEqualTo("prometheus");
    URI url = URI.create(source.get("url").toString());
    assertThat(services).containsKey(url.getHost());
    assertThat(list(services.get(url.getHost()), "ports").toString()).contains(":" + url.getPort());
  }

  private static List<Class<?>> settings() {
    List<ServiceFactory> all = new ArrayList<>(Chain.whole().values());
    all.add(DiffusionWorkerService.factory());
    return all.stream().flatMap(s -> s.settings().stream()).distinct().toList();
  }

  private static Map<String, Map<String, Object>> ours() {
    Map<String, Map<String, Object>> ours = new TreeMap<>(services);
    ours.values().removeIf(service -> !service.get("image").toString().startsWith(OURS));
    assertThat(ours).hasSizeGreaterThanOrEqualTo(6);
    return ours;
  }

  /** The project's version, as the command line tells it when it is packaged. */
  private static String version() {
    try {
      return Pattern.compile("<version>([^<]+)</version>")
          .matcher(Files.readString(HOME.resolve("pom.xml")))
          .results()
          .findFirst()
          .orElseThrow()
          .group(1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> servicesOf(String file) throws IOException {
    return (Map<String, Map<String, Object>>) yaml(file).get("services");
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return new Yaml(strict).load(Files.readString(HOME.resolve(file)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> of, String key) {
    return (Map<String, Object>) of.getOrDefault(key, Map.of());
  }

  private static List<?> list(Map<String, Object> of, String key) {
    return (List<?>) of.getOrDefault(key, List.of());
  }
}
