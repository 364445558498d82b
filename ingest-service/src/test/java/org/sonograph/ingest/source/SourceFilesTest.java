package org.sonograph.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
  @TempDir Path folder;
  private SourceFiles files;

  @BeforeEach
  void open() {
    files = new SourceFiles(new Spool(folder.resolve("spool"), 1000));
  }

  private List<SourceEntry> expand(String... inputs) {
    return files.expand(List.of(inputs), InputStream.nullInputStream());
  }

  private Path write(String name) throws IOException {
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }

  @Test
  void goesThroughFoldersInNaturalOrder() throws IOException {
    write("b/track 10.wav");
    write("b/track 9.wav");
    write("a.flac");
    assertThat(expand(folder.resolve("in").toString()))
        .extracting(e -> ((SourceEntry.Found) e).source().name())
        .containsExactly("a.flac", "track 9.wav", "track 10.wav");
  }

  @Test
  void keepsThePathAsItWasGiven() throws IOException {
    Path file = write("x.wav");
    Path given = Path.of("").toAbsolutePath().relativize(file);
    assertThat(expand(given.toString()))
        .singleElement()
        .isEqualTo(new SourceEntry.Found(new SourceFile(given, given.toString(), "x.wav")));
  }

  @Test
  void skipsHiddenFilesAndCoversInFoldersAndSaysSo() throws IOException {
    write("a.wav");
    write(".DS_Store");
    write("cover.JPG");
    assertThat(expand(folder.resolve("in").toString()))
        .hasSize(2)
        .contains(new SourceEntry.Skipped(folder.resolve("in").toString(), 2));
  }

  @Test
  void triesTextFilesInFolders() throws IOException {
    write("notes.txt");
    assertThat(expand(folder.resolve("in").toString()))
        .hasOnlyElementsOfType(SourceEntry.Found.class);
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(expand(folder.resolve("no\nsuch.wav").toString()))
        .singleElement()
        .isEqualTo(new SourceEntry.Problem(folder + "/no\\nsuch.wav does not exist"));
  }

  @Test
  void namesAFolderWithoutSound() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    assertThat(expand(folder.resolve("in").toString()))
        .singleElement()
        .isInstanceOf(SourceEntry.Problem.class);
  }

  @Test
  void spoolsStandardInputIntoAFile() throws IOException {
    List<SourceEntry> entries =
        files.expand(List.of("-"), new ByteArrayInputStream(new byte[] {1, 2, 3}));
    SourceFile source = ((SourceEntry.Found) entries.getFirst()).source();
    assertThat(source.name()).isEqualTo("stdin");
    assertThat(Files.readAllBytes(source.file())).containsExactly(1, 2, 3);
  }

  @Test
  void refusesAStreamOverTheLimitAndLeavesNothingBehind() throws IOException {
    List<SourceEntry> entries =
        files.expand(List.of("-"), new ByteArrayInputStream(new byte[2000]));
    assertThat(entries).singleElement().isInstanceOf(SourceEntry.Problem.class);
    assertThat(folder.resolve("spool")).isEmptyDirectory();
  }
}
