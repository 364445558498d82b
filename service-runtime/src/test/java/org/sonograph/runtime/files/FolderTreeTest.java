package org.sonograph.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
  @TempDir Path folder;

  @Test
  void removesLinksButNotWhatTheyLeadTo() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Path sound = Files.writeString(kept.resolve("sound.wav"), "x");
    Path gone = Files.createDirectories(folder.resolve("gone/inner"));
    Files.writeString(gone.resolve("file"), "y");
    Files.createSymbolicLink(gone.resolve("link"), kept);

    FolderTree.remove(folder.resolve("gone"));

    assertThat(folder.resolve("gone")).doesNotExist();
    assertThat(sound).exists();
  }

  @Test
  void removesASingleFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    FolderTree.remove(file);
    assertThat(file).doesNotExist();
  }
}
