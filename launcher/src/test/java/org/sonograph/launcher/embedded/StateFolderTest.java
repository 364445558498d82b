package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  @TempDir Path data;

  @Test
  void aChainAfterAnAbandonedOneHasAFolderOfItsOwn() {
    assertThat(StateFolder.of(data)).isEqualTo(data.resolve("streams"));
    assertThat(StateFolder.of(data)).isEqualTo(data.resolve("streams"));
    StateFolder.abandon(data);
    Path second = StateFolder.of(data);
    StateFolder.abandon(data);
    assertThat(StateFolder.of(data)).isNotEqualTo(second).startsWithRaw(data.resolve("streams"));
  }

  @Test
  void aProcessBeginsWithoutWhatEarlierOnesLeft() throws Exception {
    Path left = Files.createDirectories(data.resolve("streams/again-1/sonograph-decoder/0_1"));
    Files.createFile(left.resolve("checkpoint"));
    Path own = Files.createDirectories(data.resolve("streams/sonograph-decoder"));
    StateFolder.of(data);
    assertThat(data.resolve("streams/again-1")).doesNotExist();
    assertThat(own).exists();
  }
}
