package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.worker.DiffusionWorkerService;
import org.sonograph.launcher.embedded.Chain;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.schemas.Topics;

/** The compose file says of the code only what is true. */
class ComposeFileTest {
  private static String compose;

  @BeforeAll
  static void read() throws IOException {
    compose = Files.readString(Installation.home().resolve("docker-compose.yml"));
  }

  private static List<MatchResult> all(String pattern) {
    return Pattern.compile(pattern).matcher(compose).results().toList();
  }

  @Test
  void theBrokerTakesTheLargestMessage() {
    assertThat(all("KAFKA_(?:MESSAGE|REPLICA_FETCH)_MAX_BYTES: \"([0-9]+)\""))
        .hasSize(2)
        .allSatisfy(
            m -> assertThat(Integer.parseInt(m.group(1))).isEqualTo(Topics.MESSAGE_MAX_BYTES));
  }

  @Test
  void everySettingExistsAndTakesItsValue() {
    Map<String, String> variables = new TreeMap<>();
    all("(SONOGRAPH_[A-Z_]+): \"?([^\"\\n]+)\"?")
        .forEach(m -> variables.put(m.group(1), m.group(2)));
    assertThat(variables).hasSizeGreaterThan(5);
    List<ServiceFactory> services = new ArrayList<>(Chain.whole().values());
    services.add(DiffusionWorkerService.factory());
    List<Class<?>> own = services.stream().flatMap(s -> s.settings().stream()).distinct().toList();
    assertThatCode(() -> Settings.load(List.of(), variables, own)).doesNotThrowAnyException();
  }

  @Test
  void everyMainClassExists() {
    assertThat(all("command: java .* (org\\.sonograph\\.\\S+)"))
        .hasSize(5)
        .allSatisfy(
            m ->
                assertThatCode(() -> Class.forName(m.group(1)).getMethod("main", String[].class))
                    .doesNotThrowAnyException());
  }
}
