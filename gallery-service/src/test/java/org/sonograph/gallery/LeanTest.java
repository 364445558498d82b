package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.report.ArtFile;
import org.sonograph.gallery.report.TakeArt;
import org.sonograph.runtime.provenance.DigitalSource;

class LeanTest {
  private static final Records TAKE = new Records("ab12", "rain.wav", "lean", 3);

  @TempDir Path temp;

  private Map<String, String> run(String folder) throws Exception {
    try (Desk desk = new Desk(temp.resolve(folder))) {
      desk.putAll(TAKE.all());
      desk.settle();
    }
    return Desk.files(temp.resolve(folder));
  }

  @Test
  void keepsOneJpegAPictureAndNoSpectrogram() throws Exception {
    assertThat(run("out").keySet())
        .containsExactlyInAnyOrder(
            "rain/art/000000.jpg",
            "rain/art/000001.jpg",
            "rain/art/000002.jpg",
            "rain/rgb-mean.flac",
            "rain/chirp.flac",
            "rain/manifest.json",
            "rain/scroll.jpg",
            "rain/scroll-002.jpg",
            "rain/scroll-small.jpg",
            "rain/track.json");
    assertThat(Files.readString(temp.resolve("out/rain/track.json")))
        .contains("\"state\" : \"complete\"", "\"format\" : \"lean\"");
  }

  @Test
  void brokenOffAndResumedItEndsWithTheSameBytes() throws Exception {
    Map<String, String> undisturbed = run("out");
    List<Object> all = List.copyOf(TAKE.all().toList());
    for (int broken = 1; broken < all.size(); broken += 2) {
      Path folder = temp.resolve("broken-" + broken);
      try (Desk desk = new Desk(folder)) {
        desk.putAll(all.subList(0, broken).stream());
        desk.settle();
      }
      try (Desk desk = new Desk(folder)) {
        desk.putAll(all.stream());
        desk.settle();
      }
      assertThat(Desk.files(folder)).as("after %d records", broken).isEqualTo(undisturbed);
    }
  }

  @Test
  void reportAndSiteFindItsArt() throws Exception {
    run("out");
    Path take = temp.resolve("out/rain");
    List<Path> sheets = TakeArt.sheets(take);
    assertThat(sheets).extracting(s -> s.getFileName().toString()).contains("scroll.jpg");
    assertThat(TakeArt.sheet(sheets.getFirst()).height()).isPositive();
    assertThat(ArtFile.small(take)).contains(take.resolve("scroll-small.jpg"));
    String scroll = Files.readString(sheets.getFirst(), StandardCharsets.ISO_8859_1);
    assertThat(scroll)
        .contains("http://ns.adobe.com/xap/1.0/", DigitalSource.TRAINED_MODEL.uri(), "CC0-1.0");
  }
}
