package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SchemaIdsTest {
  private static final String CHUNKS = "/subjects/audio.chunks-value/versions";

  @TempDir Path data;
  private final Map<String, String> answers = new TreeMap<>();

  private SchemaIds ids() {
    return new SchemaIds(data, this::answer, Duration.ofMillis(5));
  }

  private JsonNode answer(String path) throws IOException {
    if (!answers.containsKey(path)) {
      throw new FileNotFoundException(path);
    }
    return new ObjectMapper().readTree(answers.get(path));
  }

  private void has(int id) {
    answers.put("/subjects", "[\"audio.chunks-value\"]");
    answers.put(CHUNKS, "[1]");
    answers.put(CHUNKS + "/1", "{\"version\": 1, \"id\": %d}".formatted(id));
  }

  private void isWatched() throws Exception {
    Thread watch = ids().watch();
    Path file = data.resolve("registry/schema-ids.json");
    while (!Files.exists(file)) {
      Thread.sleep(10);
    }
    watch.interrupt();
    watch.join();
  }

  @Test
  void aRegistryThatIsAsItWasIsBelieved() throws Exception {
    ids().check();
    has(3);
    isWatched();
    assertThatCode(() -> ids().check()).doesNotThrowAnyException();
  }

  @Test
  void aRegistryThatHasForgottenOrNumbersAnewIsTorn() throws Exception {
    has(3);
    isWatched();
    has(2);
    assertThatThrownBy(() -> ids().check())
        .isInstanceOf(TornException.class)
        .hasMessageContaining(CHUNKS + "/1 has number 2, which had number 3");
    answers.clear();
    assertThatThrownBy(() -> ids().check())
        .isInstanceOfSatisfying(
            TornException.class, e -> assertThat(e.part()).isEqualTo(DataPart.REGISTRY));
  }

  @Test
  void whatWasCutShortItselfSaysNothing() throws Exception {
    has(3);
    isWatched();
    Path file = data.resolve("registry/schema-ids.json");
    Files.writeString(file, Files.readString(file).substring(0, 10));
    answers.clear();
    assertThatCode(() -> ids().check()).doesNotThrowAnyException();
  }
}
