package org.sonograph.gallery.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackFileTest {
  @ParameterizedTest
  @CsvSource({"'', 0", "0, 1", "0-4, 5", "'0-4,6', 6", "'3,5-6,9', 4"})
  void countsRanges(String ranges, long expected) {
    assertThat(TrackFile.count(ranges)).isEqualTo(expected);
  }

  @Test
  void aFolderWithoutTheFileIsNoTake(@TempDir Path folder) {
    assertThat(TrackFile.read(folder)).isEmpty();
  }

  @Test
  void aFileBeingWrittenIsNoTakeYet(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(TrackFile.NAME), "{\"take\":");
    assertThat(TrackFile.read(folder)).isEmpty();
  }

  @Test
  void readsProgressLengthAndFailures(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve(TrackFile.NAME),
        """
        {"take": "ab", "state": "failed", "source": {"id": "s", "name": "a.wav"},
         "track": {"sampleRateHz": 48000, "endSample": 96000},
         "chunks": {"total": 3, "arts": "0,2"},
         "readings": {"red": {"file": "red.wav", "received": "0-2", "samples": 48000, "sampleRateHz": 24000}},
         "failures": [{"stage": "diffusion-worker", "reason": "no memory", "startSeconds": 1, "seconds": 2}],
         "files": ["red.wav"]}
        """);
    TrackFile track = TrackFile.read(folder).orElseThrow();
    assertThat(track.isFailed()).isTrue();
    assertThat(track.arts()).isEqualTo(2);
    assertThat(track.chunksHeard()).isEqualTo(3);
    assertThat(track.sourceSeconds()).isEqualTo(2);
    assertThat(track.readings().getFirst().seconds()).isEqualTo(2);
    assertThat(track.failures().getFirst()).contains("no memory").contains("diffusion-worker");
  }
}
