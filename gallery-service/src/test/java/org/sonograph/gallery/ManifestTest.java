package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.report.Manifest;
import org.sonograph.schemas.Generation;
import org.sonograph.schemas.SettingsHash;

class ManifestTest {
  private static final Records RECORDS = Records.of("ab12", "rain.wav", 3);

  @TempDir Path out;

  private Manifest made() throws Exception {
    try (Desk desk = new Desk(out)) {
      desk.putAll(RECORDS.all());
      desk.settle();
    }
    return Manifest.read(out.resolve("rain")).orElseThrow();
  }

  @Test
  void holdsEveryFileButTheCollectorsMemoryBySizeAndHash() throws Exception {
    Manifest manifest = made();
    var there = Desk.files(out.resolve("rain"));
    there.remove(TrackJson.FILE);
    there.remove(Manifest.NAME);
    assertThat(
            manifest.files().stream()
                .collect(Collectors.toMap(Manifest.Entry::file, Manifest.Entry::sha256)))
        .isEqualTo(there);
    for (Manifest.Entry entry : manifest.files()) {
      assertThat(entry.bytes()).isEqualTo(Files.size(out.resolve("rain").resolve(entry.file())));
    }
  }

  @Test
  void leadsFromASoundToItsSource() throws Exception {
    Manifest manifest = made();
    assertThat(from(manifest, "rgb-mean.wav")).contains(Manifest.ART, Manifest.SETTINGS);
    assertThat(from(manifest, "art/000001.png"))
        .containsExactly("spectrogram/000001.png", "settings", "seed", "model");
    assertThat(from(manifest, "spectrogram/000001.png")).containsExactly("source", "settings");
    assertThat(manifest.source().path("id").asText()).isEqualTo("00ff");
    assertThat(manifest.settings()).isEqualTo(SettingsHash.of(RECORDS.interpretation()));
    assertThat(manifest.seed()).isEqualTo(7);
    assertThat(manifest.program()).startsWith("Sonograph ");
    assertThat(manifest.sounds())
        .extracting(Manifest.Entry::file)
        .containsExactly("rgb-mean.wav", "chirp.wav");
  }

  @Test
  void oneHashNamesAllArt() throws Exception {
    Manifest manifest = made();
    String lines =
        manifest.files().stream()
            .filter(f -> f.file().startsWith(Manifest.ART))
            .map(f -> f.sha256() + "  " + f.file() + "\n")
            .collect(Collectors.joining());
    String hash =
        HexFormat.of().formatHex(Manifest.digest().digest(lines.getBytes(StandardCharsets.UTF_8)));
    assertThat(Files.readString(out.resolve("rain").resolve(Manifest.NAME)))
        .contains("\"art/\" : \"" + hash + "\"");
  }

  @Test
  void whatIsMadeLaterIsAddedOnce() throws Exception {
    made();
    Path folder = out.resolve("rain");
    for (String text : List.of("one", "two")) {
      Files.writeString(folder.resolve("mix.wav"), text);
      Manifest.add(folder, List.of(Manifest.Entry.of(folder, "mix.wav", List.of("chirp.wav"))));
    }
    List<Manifest.Entry> mixes =
        Manifest.read(folder).orElseThrow().files().stream()
            .filter(f -> f.file().equals("mix.wav"))
            .toList();
    assertThat(mixes).containsExactly(Manifest.Entry.of(folder, "mix.wav", List.of("chirp.wav")));
  }

  @Test
  void theModelIsThatOfTheFirstPaintedChunkNotOfSilenceBeforeIt() {
    for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 1, 0), List.of(1, 0, 2))) {
      TakeState take = new TakeState("ab12", out);
      for (int chunk : order) {
        String hash = chunk == 0 ? "" : "hash";
        take.learn(Generation.newBuilder().setModelHash(hash).setSeed(chunk).build(), chunk);
      }
      assertThat(take.generation().orElseThrow().getSeed()).as("order %s", order).isEqualTo(1);
      assertThat(take.generationChunk()).isEqualTo(1);
    }
  }

  @Test
  void tagsNameTheAncestors() throws Exception {
    made();
    byte[] head = Files.readAllBytes(out.resolve("rain/chirp.wav"));
    String settings = SettingsHash.of(RECORDS.interpretation());
    assertThat(new String(head, 0, WaveHeader.BYTES, StandardCharsets.UTF_8))
        .contains("take=ab12 source=00ff settings=" + settings + " seed=7\0")
        .contains("<dc:source>take=ab12 ");
  }

  private static List<String> from(Manifest manifest, String file) {
    return manifest.files().stream()
        .filter(f -> f.file().equals(file))
        .findFirst()
        .orElseThrow()
        .from();
  }
}
