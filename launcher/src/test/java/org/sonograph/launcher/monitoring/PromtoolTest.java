package org.sonograph.launcher.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sonograph.launcher.monitoring.RuleFiles.children;
import static org.sonograph.launcher.monitoring.RuleFiles.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus' own tool finds of our files, where it is installed. */
class PromtoolTest {
  @TempDir Path folder;

  @Test
  void takesTheRules() throws Exception {
    promtool(Stream.concat(Stream.of("check", "rules"), files("rules")).toList());
  }

  @Test
  void findsAlertsToFireAndNotToFire() throws Exception {
    promtool(Stream.concat(Stream.of("test", "rules"), files("tests")).toList());
  }

  @Test
  void takesTheQueriesOfDashboards() throws Exception {
    List<String> lines = new ArrayList<>(List.of("groups:", "- name: panels", "  rules:"));
    DashboardsTest.panels()
        .flatMap(p -> children(p.get("targets")))
        .map(t -> text(t, "expr").replace("'", "''"))
        .distinct()
        .forEach(q -> lines.add("  - {record: panel_" + lines.size() + ", expr: '" + q + "'}"));
    assertThat(lines).hasSizeGreaterThan(30);
    Path file = Files.write(folder.resolve("panels.yml"), lines);
    promtool(List.of("check", "rules", file.toString()));
  }

  private static Stream<String> files(String kind) throws IOException {
    try (Stream<Path> files =
        Files.list(RuleFiles.MONITORING.resolve("prometheus").resolve(kind))) {
      return files.map(f -> kind + "/" + f.getFileName()).sorted().toList().stream();
    }
  }

  private static void promtool(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(arguments);
    Process promtool = Programs.start(command.toArray(String[]::new));
    assumeTrue(promtool != null, "no promtool");
    String said = Programs.output(promtool);
    assertThat(promtool.waitFor()).as(said).isZero();
  }
}
