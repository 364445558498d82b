package org.sonograph.signal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** This module is arithmetic: whoever uses it decides where bytes come from and go to. */
class ImportRulesTest {

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.sonograph.signal");

  @Test
  void touchesNoFilesSocketsOrProcesses() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.io\\.(File.*|RandomAccessFile|Console|PrintStream)|java\\.lang\\.Process.*")
        .check(OURS);
  }

  @Test
  void knowsNoBrokerModelOrCodec() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache..",
            "ai.onnxruntime..",
            "ai.djl..",
            "org.bytedeco..",
            "javax.imageio..",
            "java.awt..",
            "io..",
            "org.slf4j..")
        .check(OURS);
  }

  @Test
  void usesNoOtherModuleOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.sonograph.schemas..", "org.sonograph.runtime..", "org.sonograph.ingest..")
        .check(OURS);
  }

  @Test
  void onlyOneClassKnowsJTransforms() {
    noClasses()
        .that()
        .doNotHaveSimpleName("RealFft")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jtransforms..")
        .check(OURS);
  }
}
