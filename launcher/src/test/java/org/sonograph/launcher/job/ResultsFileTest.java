package org.sonograph.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.report.TrackFile;

class ResultsFileTest {
  @TempDir Path folder;

  @Test
  void aSoundThatBrokeOffHasFailedInPartEvenIfAnEarlierRunMadeIt() throws IOException {
    assertThat(line("decoding failed after 2.1 s"))
        .startsWith("a.flac,failed,incomplete,")
        .contains("the source broke off: decoding failed after 2.1 s")
        .contains("red.wav");
  }

  @Test
  void aSoundThatWasMadeWholeIsComplete() throws IOException {
    assertThat(line("")).startsWith("a.flac,complete,,,t1,");
  }

  private String line(String endReason) throws IOException {
    Files.writeString(folder.resolve("red.wav"), "sound");
    Files.writeString(
        folder.resolve(TrackFile.NAME),
        """
        {"take": "t1", "state": "complete", "track": {"endReason": "%s"},
         "readings": {"red": {"file": "red.wav"}}}
        """
            .formatted(endReason));
    ResultsFile results = new ResultsFile();
    results.made(
        new LinkedHashMap<>(Map.of("file", "a.flac")), TrackFile.read(folder).orElseThrow());
    return List.of(new String(results.bytes(), StandardCharsets.UTF_8).split("\n")).get(1);
  }
}
