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
  void namesALinkToNothing() throws IOException {
    Path link = Files.createSymbolicLink(write("a.wav").resolveSibling("b.wav"), Path.of("gone"));
    assertThat(expand(folder.resolve("in").toString()))
        .hasSize(2)
        .contains(
            new SourceEntry.Problem(link.toString(), link + " cannot be read: a link to nothing"));
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(expand(folder.resolve("no\nsuch.wav").toString()))
        .singleElement()
        .isEqualTo(
            new SourceEntry.Problem(
                folder + "/no\nsuch.wav", folder + "/no\\nsuch.wav does not exist"));
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

  private List<String> matched(String pattern) {
    return expand(folder.resolve("in") + "/" + pattern).stream()
        .map(e -> e instanceof SourceEntry.Found f ? f.source().path() : e.toString())
        .toList();
  }

  @Test
  void patternsFindWhatAShellFinds() throws IOException {
    write("top.wav");
    write("a/one.wav");
    write("a/b/two.WAV");
    write("a/b/three.flac");
    write("a/b/cover.jpg");
    write("a/.hidden/four.wav");
    assertThat(matched("**/*.wav")).containsExactly("a/one.wav", "top.wav");
    assertThat(matched("*/*.wav")).containsExactly("a/one.wav");
    assertThat(matched("a/**/*.{flac,WAV}")).containsExactly("b/three.flac", "b/two.WAV");
    assertThat(matched("**/t[hw]*")).containsExactly("a/b/three.flac", "a/b/two.WAV");
    assertThat(matched("a/b/*.jpg")).as("named on purpose").containsExactly("cover.jpg");
  }

  @Test
  void aPatternThatFindsNothingOrIsNoneGetsALine() throws IOException {
    write("a/one.wav");
    assertThat(matched("**/*.ogg")).singleElement().asString().contains("**/*.ogg fits no file");
    assertThat(matched("none/*.ogg")).singleElement().asString().contains("is no folder");
    assertThat(matched("a/[x.wav")).singleElement().asString().contains("is no pattern");
  }

  @Test
  void aFileWhoseNameLooksLikeAPatternIsThatFile() throws IOException {
    write("a/take [1].wav");
    write("a/take 1.wav");
    assertThat(matched("a/take [1].wav")).containsExactly("take [1].wav");
  }

  @Test
  void filesKnowTheirFolderBelowWhatWasNamed() throws IOException {
    write("1958/jan/rain.wav");
    assertThat(expand(folder.resolve("in").toString()))
        .extracting(e -> ((SourceEntry.Found) e).source().folder())
        .containsExactly("1958/jan");
  }
}
