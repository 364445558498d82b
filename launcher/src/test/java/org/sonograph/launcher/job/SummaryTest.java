package org.sonograph.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.launcher.ExitCode;

class SummaryTest {
  @Test
  void badInputOutweighsAFailedChunk() {
    assertThat(new Summary(1, List.of(track("failed", 10)), List.of("x is text")).exitCode())
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(new Summary(1, List.of(track("failed", 10)), List.of()).exitCode())
        .isEqualTo(ExitCode.FAILED);
    assertThat(new Summary(1, List.of(track("complete", 10)), List.of()).exitCode())
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void namesOneFileToOpenFirst() {
    assertThat(new Summary(1, List.of(track("complete", 10)), List.of()).lines())
        .containsExactly("open first: " + Path.of("out", "a", "red.wav"));
  }

  @Test
  void saysWhenAResultIsLongerThanItsSource() {
    assertThat(new Summary(1, List.of(track("complete", 4)), List.of()).lines().getFirst())
        .isEqualTo("a/red.wav is 10.0 s, longer than its source of 4.0 s");
  }

  @Test
  void tellsProgramsWhatWasMadeAfterwards() {
    Map<String, List<Path>> made = Map.of("ab", List.of(Path.of("out", "a", "a-red-wide.mp4")));
    assertThat(new Summary(1, List.of(track("complete", 10)), List.of(), made).json())
        .contains("\"made\":[\"a-red-wide.mp4\"]");
  }

  @Test
  void aSweepsPageIsWhatToOpenAndEachTakeHasItsCommand() throws Exception {
    LinkedHashMap<String, String> values = new LinkedHashMap<>();
    values.put("strength", "0.3");
    values.put("seed", "7");
    Summary summary =
        new Summary(
            new Summary.Recipe(7, "5e77"),
            List.of(track("complete", 10)),
            List.of(),
            Map.of(),
            Optional.of(
                new Summary.Swept(
                    List.of(Path.of("out", "sweep-a.html")),
                    Map.of("ab", new Summary.SweptTake(values, "./sonograph run a.wav")))));
    assertThat(summary.openFirst()).contains(Path.of("out", "sweep-a.html"));
    JsonNode json = new ObjectMapper().readTree(summary.json());
    assertThat(json.path("pages").get(0).asText()).endsWith("sweep-a.html");
    JsonNode take = json.path("takes").get(0);
    assertThat(take.path("values").path("strength").asText()).isEqualTo("0.3");
    assertThat(take.path("command").asText()).isEqualTo("./sonograph run a.wav");
    assertThat(take.path("files").isArray()).isTrue();
  }

  private static TrackFile track(String state, double sourceSeconds) {
    return new TrackFile(
        Path.of("out", "a"),
        "ab",
        state,
        TrackFile.Origin.named("s", "a.wav"),
        JsonNodeFactory.instance.objectNode(),
        1,
        1,
        sourceSeconds,
        List.of(new TrackFile.Heard("red", "red.wav", 1, 10)),
        List.of(),
        List.of(),
        List.of("red.wav"));
  }
}
