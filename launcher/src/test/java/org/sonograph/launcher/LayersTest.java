package org.sonograph.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each folder may import, over all modules. */
class LayersTest {
  private static final String ROOT = "org.sonograph.";
  private static final String[] SERVICES = {
    "ingest", "spectrogram", "diffusion", "decoder", "gallery"
  };

  private static JavaClasses all;

  @BeforeAll
  static void importAll() {
    all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.sonograph");
  }

  @Test
  void schemasImportNothingOfOurs() {
    without(
        "schemas",
        "signal",
        "runtime",
        "launcher",
        "ingest",
        "spectrogram",
        "diffusion",
        "decoder",
        "gallery");
  }

  @Test
  void signalImportsNothingOfOursAndNoOutsideSystem() {
    without(
        "signal",
        "schemas",
        "runtime",
        "launcher",
        "ingest",
        "spectrogram",
        "diffusion",
        "decoder",
        "gallery");
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(ROOT + "signal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.kafka..",
                "org.apache.avro..",
                "ai.onnxruntime..",
                "java.nio.file..",
                "java.net..",
                "java.sql..");
    rule.check(all);
  }

  @Test
  void runtimeImportsNoService() {
    without("runtime", "launcher", "ingest", "spectrogram", "diffusion", "decoder", "gallery");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "spectrogram", "diffusion", "decoder", "gallery"})
  void servicesImportNoOtherServiceNorTheLauncher(String service) {
    without(
        service,
        Stream.concat(Stream.of("launcher"), Stream.of(SERVICES).filter(s -> !s.equals(service)))
            .toArray(String[]::new));
  }

  @Test
  void onnxStaysInTheDiffusionEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "diffusion..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .check(all);
  }

  @Test
  void bucketsStayAtTheirEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "launcher.s3..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(all);
  }

  @Test
  void launcherPackagesHaveNoCycle() {
    SlicesRuleDefinition.slices()
        .matching(ROOT + "launcher.(*)..")
        .should()
        .beFreeOfCycles()
        .check(all);
  }

  private static void without(String part, String... others) {
    String[] packages = Stream.of(others).map(o -> ROOT + o + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + part + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(all);
  }
}
