package org.sonograph.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
