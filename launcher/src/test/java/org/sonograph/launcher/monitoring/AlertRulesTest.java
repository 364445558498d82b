package org.sonograph.launcher.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.sonograph.launcher.monitoring.RuleFiles.children;
import static org.sonograph.launcher.monitoring.RuleFiles.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.launcher.embedded.Installation;

/** Alerts name what is exported, are explained, and are tested. */
class AlertRulesTest {
  private static final KnownSeries KNOWN = RuleFiles.known();
  private static final Pattern LABEL_NAMED = Pattern.compile("\\$labels\\.(\\w+)");

  static Stream<JsonNode> alerts() {
    return RuleFiles.alerts().stream();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void meansSomethingThatIsExported(JsonNode alert) {
    Set<String> labels = new PromCheck(KNOWN).labelsOf(text(alert, "expr"));
    for (String words : List.of("summary", "description")) {
      String told = text(alert.get("annotations"), words);
      assertThat(told).as(text(alert, "alert") + ": " + words).hasSizeBetween(10, 200);
      assertThat(LABEL_NAMED.matcher(told).results().map(m -> m.group(1)))
          .as(told)
          .isSubsetOf(labels);
    }
    String severity = text(alert.get("labels"), "severity");
    assertThat(severity)
        .as(text(alert, "alert"))
        .isIn(isWatchdog(alert) ? Set.of("none") : Set.of("page", "ticket"));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void leadsToItsPage(JsonNode alert) throws IOException {
    String name = text(alert, "alert");
    assertThat(text(alert.get("annotations"), "runbook_url"))
        .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
    assertThat(pages()).contains(name);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void isTestedAsItFiresAndAsItDoesNot(JsonNode alert) {
    List<JsonNode> expected =
        RuleFiles.tests().stream()
            .flatMap(t -> children(t.get("alert_rule_test")))
            .filter(t -> text(t, "alertname").equals(text(alert, "alert")))
            .map(t -> t.get("exp_alerts"))
            .toList();
    assertThat(expected).as("fires").anyMatch(alerts -> !alerts.isEmpty());
    if (!isWatchdog(alert)) {
      assertThat(expected).as("does not fire").anyMatch(JsonNode::isEmpty);
    }
  }

  @Test
  void everyPageIsAboutAnAlertAndSaysWhatToDo() throws IOException {
    assertThat(pages())
        .containsExactlyInAnyOrderElementsOf(alerts().map(a -> text(a, "alert")).toList());
    for (String page : runbook().split("(?m)^## ")) {
      if (!page.startsWith("#")) {
        assertThat(page).contains("**For the listener:**", "**Look:**", "**Do:**");
      }
    }
  }

  @Test
  void testsFeedSeriesThatAreExported() {
    PromCheck check = new PromCheck(KNOWN);
    List<String> fed =
        RuleFiles.tests().stream()
            .flatMap(t -> children(t.get("input_series")))
            .map(s -> text(s, "series"))
            .toList();
    assertThat(fed)
        .hasSizeGreaterThan(20)
        .allSatisfy(s -> assertThatCode(() -> check.labelsOf(s)).doesNotThrowAnyException());
  }

  private static List<String> pages() throws IOException {
    return runbook().lines().filter(l -> l.startsWith("## ")).map(l -> l.substring(3)).toList();
  }

  private static String runbook() throws IOException {
    return Files.readString(Installation.home().resolve("docs/runbook.md"));
  }

  private static boolean isWatchdog(JsonNode alert) {
    return text(alert, "alert").equals("Watchdog");
  }
}
