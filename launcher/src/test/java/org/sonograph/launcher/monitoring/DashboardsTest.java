package org.sonograph.launcher.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sonograph.launcher.monitoring.RuleFiles.children;
import static org.sonograph.launcher.monitoring.RuleFiles.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.launcher.embedded.Installation;

/** Dashboards ask for what is exported, and each panel says what it shows and what to do. */
class DashboardsTest {
  private static final Path FOLDER = RuleFiles.MONITORING.resolve("grafana/dashboards");
  private static final String RUNBOOK = "runbook";
  private static final int GRID_COLUMNS = 24;
  private static final Pattern IN_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern IN_RUNBOOK =
      Pattern.compile(
          "\\*(Throughput|Workers|Health|Live)\\*,(?: panels?)? \"([^\"]+)\"(?: and \"([^\"]+)\")?");

  /** By name of the file. */
  private static final Map<String, JsonNode> BOARDS = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    boards();
  }

  static Map<String, JsonNode> boards() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        BOARDS.put(
            file.getFileName().toString().replace(".json", ""),
            new ObjectMapper().readTree(file.toFile()));
      }
    }
    return BOARDS;
  }

  static Stream<JsonNode> panels() throws IOException {
    return boards().entrySet().stream()
        .filter(b -> !b.getKey().equals(RUNBOOK))
        .flatMap(b -> children(b.getValue().get("panels")));
  }

  @Test
  void areFourOfFewPanelsAndTheRunbook() {
    assertThat(BOARDS.keySet()).containsExactly("health", "live", RUNBOOK, "throughput", "workers");
    BOARDS.forEach(
        (name, board) -> {
          assertThat(text(board, "uid")).isEqualTo("sonograph-" + name);
          if (!name.equals(RUNBOOK)) {
            assertThat(board.get("panels").size()).as(name).isBetween(8, 12);
          }
        });
  }

  @Test
  void panelsHaveNumbersAndPlacesOfTheirOwn() {
    for (JsonNode board : BOARDS.values()) {
      Set<Integer> ids = new HashSet<>();
      Set<List<Integer>> cells = new HashSet<>();
      for (JsonNode panel : board.get("panels")) {
        assertThat(ids.add(panel.get("id").asInt())).as(text(panel, "title")).isTrue();
        JsonNode at = panel.get("gridPos");
        assertThat(at.get("x").asInt() + at.get("w").asInt()).isLessThanOrEqualTo(GRID_COLUMNS);
        for (int x = 0; x < at.get("w").asInt(); x++) {
          for (int y = 0; y < at.get("h").asInt(); y++) {
            List<Integer> cell = List.of(at.get("x").asInt() + x, at.get("y").asInt() + y);
            assertThat(cells.add(cell)).as(text(panel, "title") + " at " + cell).isTrue();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("panels")
  void asksForWhatIsExported(JsonNode panel) {
    PromCheck check = new PromCheck(RuleFiles.known());
    assertThat(panel.get("targets")).isNotEmpty();
    for (JsonNode target : panel.get("targets")) {
      Set<String> labels = check.labelsOf(text(target, "expr"));
      assertThat(IN_LEGEND.matcher(text(target, "legendFormat")).results().map(m -> m.group(1)))
          .as(text(panel, "title"))
          .isSubsetOf(labels);
      assertThat(text(target.get("datasource"), "uid")).isEqualTo("prometheus");
    }
    assertThat(text(panel.get("datasource"), "uid")).isEqualTo("prometheus");
  }

  @ParameterizedTest
  @MethodSource("panels")
  void saysWhatItShowsInWhichUnitAndWhatToDo(JsonNode panel) {
    String title = text(panel, "title");
    assertThat(title).isNotBlank();
    assertThat(text(panel, "description")).as(title).hasSizeBetween(20, 300).endsWith(".");
    assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
    assertThat(panel.at("/fieldConfig/defaults/thresholds/steps")).as(title).isNotEmpty();
    assertThat(children(panel.get("links")).map(l -> text(l, "url"))).as(title).isNotEmpty();
  }

  @Test
  void linksLeadSomewhere() {
    Set<String> uids = new HashSet<>();
    BOARDS.values().forEach(board -> uids.add("/d/" + text(board, "uid")));
    for (JsonNode board : BOARDS.values()) {
      List<String> others = children(board.get("links")).map(l -> text(l, "url")).toList();
      assertThat(others).hasSize(BOARDS.size() - 1).isSubsetOf(uids);
      assertThat(others).doesNotContain("/d/" + text(board, "uid"));
      for (JsonNode panel : board.get("panels")) {
        for (JsonNode link : panel.get("links")) {
          assertThat(pageOf(text(link, "url"))).as(text(link, "url")).isIn(text(link, "title"), "");
        }
      }
    }
  }

  /** What a panel's link is called that leads to a page of the runbook; empty for the whole. */
  private static String pageOf(String url) {
    if (url.equals("/d/sonograph-" + RUNBOOK)) {
      return "";
    }
    return children(BOARDS.get(RUNBOOK).get("panels"))
        .filter(p -> url.equals("/d/sonograph-runbook?viewPanel=panel-" + p.get("id").asInt()))
        .map(p -> "What to do: " + text(p, "title"))
        .findFirst()
        .orElse("no such page");
  }

  @Test
  void panelsThatTheRunbookNamesExist() throws IOException {
    Matcher named =
        IN_RUNBOOK.matcher(Files.readString(Installation.home().resolve("docs/runbook.md")));
    int count = 0;
    while (named.find()) {
      List<String> titles =
          children(BOARDS.get(named.group(1).toLowerCase(java.util.Locale.ROOT)).get("panels"))
              .map(p -> text(p, "title"))
              .toList();
      assertThat(titles).contains(named.group(2));
      if (named.group(3) != null) {
        assertThat(titles).contains(named.group(3));
      }
      count++;
    }
    assertThat(count).isGreaterThan(5);
  }

  @Test
  void areWhatTheirSourceMakes() throws Exception {
    Process python = Programs.start("python3", FOLDER.resolveSibling("make").toString(), "--check");
    assumeTrue(python != null, "no python3");
    assertThat(Programs.output(python)).isEmpty();
    assertThat(python.waitFor()).isZero();
  }
}
