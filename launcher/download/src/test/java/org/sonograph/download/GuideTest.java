package org.sonograph.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuideTest {
  private static final Path HOME = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final Pattern TARGET = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  @TempDir Path folder;

  @Test
  void everyPageLeadsToEveryOtherAndToNothingThatIsNotThere() throws Exception {
    Path docs = folder.resolve("docs");
    Guide.write(HOME, docs);
    // the download has them beside the guide
    Files.createDirectory(folder.resolve("examples"));
    for (String sound : List.of("tide", "rain-on-tin")) {
      Files.createFile(folder.resolve("examples").resolve(sound + ".flac"));
    }
    List<Path> pages =
        FolderWalk.files(docs).stream().filter(f -> f.toString().endsWith(".html")).toList();
    assertThat(pages).hasSize(13);
    for (Path page : pages) {
      String text = Files.readString(page);
      assertThat(text)
          .contains("href=\"readings.html\"", "aria-current=\"page\"", "<h1")
          .doesNotContain("{text}", "{doors}", "<script");
      Matcher target = TARGET.matcher(text);
      while (target.find()) {
        String to = target.group(1);
        if (to.startsWith("https:")) {
          continue;
        }
        String[] parts = to.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        assertThat(file).as(page.getFileName() + " leads to " + to).exists();
        if (parts.length == 2) {
          assertThat(Files.readString(file)).contains("id=\"" + parts[1] + "\"");
        }
      }
    }
  }
}
