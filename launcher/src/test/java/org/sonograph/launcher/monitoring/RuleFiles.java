package org.sonograph.launcher.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sonograph.launcher.embedded.Installation;

/** Our rules for Prometheus, and the tests of them that promtool runs. */
final class RuleFiles {
  static final Path MONITORING = Installation.home().resolve("monitoring");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private RuleFiles() {}

  /** Rules that record a series, in their order. */
  static List<JsonNode> recorded() {
    return rules().stream().filter(r -> r.has("record")).toList();
  }

  static List<JsonNode> alerts() {
    return rules().stream().filter(r -> r.has("alert")).toList();
  }

  /** What promtool is to find true. */
  static List<JsonNode> tests() {
    return in("tests").stream().flatMap(f -> children(f.get("tests"))).toList();
  }

  /** All that a query may name, with what our rules record. */
  static KnownSeries known() {
    KnownSeries known = new KnownSeries();
    PromCheck check = new PromCheck(known);
    recorded().forEach(r -> known.record(text(r, "record"), check.labelsOf(text(r, "expr"))));
    return known;
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  static Stream<JsonNode> children(JsonNode node) {
    List<JsonNode> all = new ArrayList<>();
    if (node != null) {
      node.forEach(all::add);
    }
    return all.stream();
  }

  private static List<JsonNode> rules() {
    return in("rules").stream()
        .flatMap(file -> children(file.get("groups")))
        .flatMap(group -> children(group.get("rules")))
        .toList();
  }

  private static List<JsonNode> in(String folder) {
    try (Stream<Path> files = Files.list(MONITORING.resolve("prometheus").resolve(folder))) {
      List<JsonNode> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.add(YAML.readTree(file.toFile()));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
