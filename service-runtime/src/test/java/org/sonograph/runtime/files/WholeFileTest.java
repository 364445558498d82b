package org.sonograph.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  @Test
  void replacesAnEarlierOneAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("note.json");
    WholeFile.write(file, "a longer first one");
    WholeFile.write(file, "second");

    assertThat(file).hasContent("second");
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void leavesTheEarlierOneWhereItCannotBeWritten() throws IOException {
    Path file = folder.resolve("note.json");
    WholeFile.write(file, "first");
    Files.createDirectory(WholeFile.partial(file)); // in the way

    assertThatThrownBy(() -> WholeFile.write(file, "second")).isInstanceOf(IOException.class);
    assertThat(file).hasContent("first");
  }
}
