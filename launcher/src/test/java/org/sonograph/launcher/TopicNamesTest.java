package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.schemas.Topics;

class TopicNamesTest {
  private static final String CATALOGUE = "Topics.java";

  @Test
  void topicNamesAreLiteralsInOneFileOnly() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Installation.home())) {
      for (Path sources :
          modules.map(m -> m.resolve("src/main/java")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(sources)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
            String text = Files.readString(file);
            Topics.all().stream()
                .filter(t -> text.contains("\"" + t.name() + "\""))
                .forEach(t -> found.add(file.getFileName() + ": " + t.name()));
          }
        }
      }
    }
    assertThat(found)
        .isNotEmpty()
        .allSatisfy(hit -> assertThat(hit).startsWith(CATALOGUE))
        .doesNotHaveDuplicates();
  }
}
