package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @Test
  void aSecondHolderIsRefusedByName(@TempDir Path data) {
    try (DataFolder held = DataFolder.hold(data)) {
      assertThatThrownBy(() -> DataFolder.hold(held.path()))
          .hasMessageContaining(data.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(DataFolder.isHeld(data)).isTrue();
    }
    assertThat(DataFolder.isHeld(data)).isFalse();
  }

  @Test
  void removesEverythingInIt(@TempDir Path parent) throws Exception {
    Path data = parent.resolve("data");
    DataFolder held = DataFolder.hold(data);
    Files.createDirectories(data.resolve("kafka/topic-0"));
    Files.writeString(data.resolve("kafka/topic-0/log"), "x");
    held.remove();
    assertThat(data).doesNotExist();
  }
}
