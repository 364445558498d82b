package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.gallery.report.TakeTree;

class FolderNamesTest {
  private static final String SOURCE = "rain on tin.wav";

  @TempDir Path out;

  /** Folder a new take gets, below the collector's own. */
  private String claimed(TakeFolders folders, String take, String wish) throws IOException {
    return out.relativize(folders.of(take, SOURCE, wish).folder()).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "'', rain on tin",
    "1958/jan/, 1958/jan/rain on tin",
    "1958/jan/NR 7.3, 1958/jan/NR 7.3",
    "../../etc/, _/_/etc/rain on tin",
    "/etc/passwd, etc/passwd",
    "a//b/./c/, a/b/_/c/rain on tin",
    "con/aux.wav/x:y, _con/_aux.wav/x_y",
    ".hidden/.sonograph/, hidden/sonograph/rain on tin"
  })
  void aWishStaysBelowTheCollectorsFolder(String wish, String folder) throws IOException {
    assertThat(claimed(new TakeFolders(out), "ab12", wish)).isEqualTo(folder);
  }

  @Test
  void namesThatDifferInCaseAloneDoNotMeet() throws IOException {
    TakeFolders folders = new TakeFolders(out);
    assertThat(claimed(folders, "ab12", "Jan/Rain")).isEqualTo("Jan/Rain");
    assertThat(claimed(folders, "cd34", "JAN/rain")).isEqualTo("Jan/rain-cd34");
  }

  @Test
  void aTakeNeverLiesInsideAnother() throws IOException {
    TakeFolders folders = new TakeFolders(out);
    assertThat(claimed(folders, "ab12", "jan")).isEqualTo("jan");
    assertThat(claimed(folders, "cd34", "jan/feb")).isEqualTo("jan-2/feb");
    assertThat(claimed(folders, "ef56", "jan-2")).isEqualTo("jan-2-ef56");
    assertThat(claimed(folders, "0078", "JAN/mar")).isEqualTo("jan-2/mar");
  }

  @Test
  void aRestartKnowsTheTree() throws IOException {
    claimed(new TakeFolders(out), "ab12", "1958/Jan/x");
    TakeFolders again = new TakeFolders(out);
    assertThat(claimed(again, "ab12", "elsewhere/")).isEqualTo("1958/Jan/x");
    assertThat(claimed(again, "cd34", "1958/jan/X")).isEqualTo("1958/Jan/X-cd34");
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 17, 900})
  void deepAndLongNamesFitAnyDisk(int levels) throws IOException {
    String wish = ("雨".repeat(200) + "/").repeat(levels) + "x".repeat(3000);
    TakeFolders folders = new TakeFolders(out);
    Path folder = Path.of(claimed(folders, "ab12", wish));
    assertThat(folder.getNameCount()).isEqualTo(Math.min(levels, FolderNames.MOST_LEVELS) + 1);
    for (Path part : folder) {
      assertThat(part.toString().getBytes(StandardCharsets.UTF_8))
          .hasSizeLessThanOrEqualTo(SafeName.MAX_BYTES);
    }
    assertThat(claimed(folders, "cd34", wish)).isEqualTo(folder + "-cd34");
  }

  @Test
  void aTakeIsRemovedFromWithinTheTree() throws IOException {
    TakeFolders folders = new TakeFolders(out);
    TakeState take = folders.of("ab12", SOURCE, "1958/jan/");
    folders.rest(take);
    folders.remove("ab12");
    assertThat(take.folder()).doesNotExist();
    assertThat(out.resolve("1958/jan")).isEmptyDirectory();
    assertThat(new TakeTree(out).takes()).isEmpty();
    assertThat(claimed(folders, "cd34", "1958/jan/")).isEqualTo("1958/jan/rain on tin");
  }

  @Test
  void whatIsThereIsFoundAgainHoweverDeep() throws IOException {
    TakeFolders folders = new TakeFolders(out);
    TakeTree tree = new TakeTree(out);
    assertThat(tree.takes()).isEmpty();
    Path deep = folders.of("ab12", SOURCE, "a/b/c/").folder();
    Path top = folders.of("cd34", SOURCE, "").folder();
    Files.createDirectories(deep.resolve("art/x"));
    Files.writeString(deep.resolve("art/x").resolve(TrackJson.FILE), "a take's own");
    Files.createDirectories(out.resolve(".sonograph/y"));
    Files.writeString(out.resolve(".sonograph/y").resolve(TrackJson.FILE), "hidden");
    assertThat(tree.takes()).containsExactly(deep, top);
    Path later = folders.of("ef56", SOURCE, "a/b/").folder();
    assertThat(tree.takes()).containsExactlyInAnyOrder(deep, later, top);
    Files.delete(top.resolve(TrackJson.FILE));
    Files.delete(top);
    assertThat(tree.takes()).containsExactlyInAnyOrder(deep, later);
  }
}
