package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.MeterTables;

/** Meters stand in the catalogue; what pages and code say of them agrees with it. */
class MetricNamesTest {
  private static final Path HOME = Installation.home();
  private static final Path PAGE = HOME.resolve("docs/metrics.md");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:sonograph|jvm|process|system|kafka)_[a-z0-9_]*[a-z0-9]\\b");
  private static final Pattern OWN_WAY =
      Pattern.compile(
          "\\b(?:Counter|Timer|Gauge|DistributionSummary|FunctionCounter)\\s*\\.builder\\("
              + "|\\.(?:counter|timer|summary|gauge)\\(\\s*\"");

  @Test
  void theGuidesPageHasTheCataloguesTables() throws IOException {
    Path proposal = Path.of("target/metrics-tables.md");
    Files.writeString(proposal, MeterTables.markdown());
    assertThat(Files.readString(PAGE))
        .as("take the tables from launcher/%s into docs/metrics.md", proposal)
        .endsWith(MeterTables.markdown());
  }

  @Test
  void pagesNameNoMeterThatIsNotInTheCatalogue() throws IOException {
    Set<String> known = new TreeSet<>(Catalogue.allSeries());
    Arrays.stream(Catalogue.values()).forEach(m -> known.add(m.form().family()));
    List<String> unknown = new ArrayList<>();
    for (Path page : pages()) {
      NAME.matcher(Files.readString(page))
          .results()
          .map(found -> found.group())
          .filter(name -> !known.contains(name))
          .forEach(name -> unknown.add(HOME.relativize(page) + ": " + name));
    }
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Carrier.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CANARY"})
  void aServicesReadmeNamesWhatItAloneExports(Carrier carrier) throws IOException {
    String readme = Files.readString(HOME.resolve(carrier.text()).resolve("README.md"));
    assertThat(Catalogue.of(carrier))
        .filteredOn(meter -> meter.form().carriers().size() == 1)
        .isNotEmpty()
        .allSatisfy(meter -> assertThat(readme).contains("`" + meter.form().family()));
  }

  @Test
  void codeCountsThroughTheCatalogueAlone() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      String text = Files.readString(file);
      boolean isCatalogue = file.getFileName().toString().equals("Catalogue.java");
      for (Catalogue meter : Catalogue.values()) {
        boolean isSetting = meter == Catalogue.DIFFUSION_BATCH; // has this name too
        if (!isCatalogue && !isSetting && text.contains("\"" + meter.form().name() + "\"")) {
          found.add(file.getFileName() + ": " + meter.form().name());
        }
      }
      if (!isCatalogue && OWN_WAY.matcher(text).find()) {
        found.add(file.getFileName() + " registers a meter of its own");
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> modules = Files.list(HOME);
        Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
      return Stream.concat(modules.map(m -> m.resolve("README.md")), docs)
          .filter(f -> f.toString().endsWith(".md") && Files.isRegularFile(f))
          .toList();
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> modules = Files.list(HOME)) {
      for (Path sources :
          modules.map(m -> m.resolve("src/main/java")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(sources)) {
          files.filter(f -> f.toString().endsWith(".java")).forEach(all::add);
        }
      }
    }
    return all;
  }
}
