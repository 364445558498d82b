package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.SourceInfo;

class CollectionTest {
  private static final Records TAKE = Records.of("ab12", "rain.wav", 3);

  @TempDir Path temp;
  private Path out;
  private Map<String, String> undisturbed;

  @BeforeEach
  void runsUndisturbed() throws Exception {
    out = temp.resolve("out");
    undisturbed = run(temp.resolve("reference"));
  }

  private static Map<String, String> run(Path folder) throws Exception {
    try (Desk desk = new Desk(folder)) {
      desk.putAll(TAKE.all());
      desk.settle();
    }
    return Desk.files(folder);
  }

  @Test
  void writesOneFolderWithPicturesSoundsAndScroll() {
    assertThat(undisturbed.keySet())
        .containsExactlyInAnyOrder(
            "rain/art/000000.png",
            "rain/art/000001.png",
            "rain/art/000002.png",
            "rain/spectrogram/000000.png",
            "rain/spectrogram/000001.png",
            "rain/spectrogram/000002.png",
            "rain/rgb-mean.wav",
            "rain/chirp.wav",
            "rain/scroll.png",
            "rain/scroll-002.png",
            "rain/scroll-small.png",
            "rain/track.json",
            "rain/manifest.json");
  }

  @Test
  void soundIsAsLongAsItsRecordsToTheSample() throws Exception {
    File wav = temp.resolve("reference/rain/rgb-mean.wav").toFile();
    try (var sound = AudioSystem.getAudioInputStream(wav)) {
      AudioFormat format = sound.getFormat();
      assertThat(sound.getFrameLength()).isEqualTo(TAKE.samples());
      assertThat(format.getSampleRate()).isEqualTo(Records.RATE_HZ);
      assertThat(format.getChannels()).isEqualTo(2);
      ByteBuffer bytes = ByteBuffer.wrap(sound.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < TAKE.samples(); i++) {
        assertThat(bytes.getShort(4 * i))
            .isEqualTo((short) Math.rint((float) i / TAKE.samples() * 32768.0));
      }
    }
  }

  @Test
  void everyRecordTwiceGivesTheSameFiles() throws Exception {
    try (Desk desk = new Desk(out)) {
      for (Object record : TAKE.all().toList()) {
        desk.put(record);
        desk.put(record);
      }
      desk.settle();
      desk.putAll(TAKE.all());
      desk.settle();
    }
    assertThat(Desk.files(out)).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyInterleavingOfTopicsAndReadingsGivesTheSameFiles(long seed) throws Exception {
    try (Desk desk = new Desk(out)) {
      desk.putAll(interleaved(seed).stream());
      desk.settle();
    }
    assertThat(Desk.files(out)).isEqualTo(undisturbed);
  }

  @Test
  void aRestartAfterAnyRecordGivesTheSameFiles() throws Exception {
    List<Object> records = TAKE.all().toList();
    for (int cut = 1; cut < records.size(); cut++) {
      Path folder = temp.resolve("cut" + cut);
      int synced = cut / 2;
      try (Desk killed = new Desk(folder)) {
        killed.putAll(records.subList(0, synced).stream());
        killed.settle();
        killed.putAll(records.subList(synced, cut).stream());
      }
      try (Desk next = new Desk(folder)) {
        next.putAll(records.subList(synced, records.size()).stream());
        next.settle();
      }
      assertThat(Desk.files(folder)).as("killed after record %d", cut).isEqualTo(undisturbed);
    }
  }

  @Test
  void aTakeThatWasWholeButNotFinishedIsFinishedAfterARestart() throws Exception {
    try (Desk killed = new Desk(out)) {
      killed.putAll(TAKE.all());
      killed.collection.sync();
    }
    try (Desk next = new Desk(out)) {
      next.settle();
    }
    assertThat(Desk.files(out)).isEqualTo(undisturbed);
  }

  @Test
  void aWavCanBePlayedWhileItGrows() throws Exception {
    try (Desk desk = new Desk(out)) {
      desk.put(TAKE.sound(0, "chirp"));
      desk.settle();
      File partial = out.resolve("rain/chirp.partial.wav").toFile();
      try (var sound = AudioSystem.getAudioInputStream(partial)) {
        assertThat(sound.getFrameLength()).isEqualTo(Records.STRIDE * Records.HOP);
      }
    }
  }

  @Test
  void twoTakesOfOneSourceGetTwoFolders() throws Exception {
    Records other = Records.of("cd34", "rain.wav", 1);
    try (Desk desk = new Desk(out)) {
      desk.putAll(TAKE.all());
      desk.putAll(other.all());
      desk.settle();
    }
    assertThat(out.resolve("rain/rgb-mean.wav")).exists();
    assertThat(out.resolve("rain-cd34/rgb-mean.wav")).exists();
  }

  @Test
  void aFolderOfSomeoneElseIsLeftAlone() throws Exception {
    Path foreign = out.resolve("rain");
    Files.createDirectories(foreign);
    Files.writeString(foreign.resolve("mine.txt"), "mine");
    try (Desk desk = new Desk(out)) {
      desk.putAll(TAKE.all());
      desk.settle();
    }
    try (var children = Files.list(foreign)) {
      assertThat(children).hasSize(1);
    }
    assertThat(out.resolve("rain-ab12/chirp.wav")).exists();
  }

  @Test
  void otherFormatsAreEncodedWhenCompleteAndTheirWavGoes() throws Exception {
    Records flac = new Records("ab12", "rain.wav", "flac", 2);
    try (Desk desk = new Desk(out)) {
      desk.putAll(flac.all());
      desk.settle();
    }
    assertThat(out.resolve("rain/chirp.flac")).exists();
    assertThat(out.resolve("rain/chirp.partial.wav")).doesNotExist();
    assertThat(json("rain").path("readings").path("chirp").path("file").asText())
        .isEqualTo("chirp.flac");
  }

  @Test
  void aSoundThatCannotBeEncodedIsKeptAsWav() throws Exception {
    Records flac = new Records("ab12", "rain.wav", "flac", 1);
    SoundEncoder broken =
        (wav, target, format, label) -> {
          throw new EncodingException("no encoder", null);
        };
    try (Desk desk = new Desk(out, broken)) {
      desk.putAll(flac.all());
      desk.settle();
    }
    assertThat(json("rain").path("state").asText()).isEqualTo("failed");
    assertThat(json("rain").path("notes").path(0).asText()).contains("no encoder");
    assertThat(out.resolve("rain/chirp.partial.wav")).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenLosesNothing() throws Exception {
    try (Desk desk = new Desk(out)) {
      desk.put(TAKE.spectrogram(0));
      Path art = out.resolve("rain/art");
      Files.writeString(art, "a file where a folder should be");
      assertThatThrownBy(() -> desk.put(TAKE.art(0))).isInstanceOf(IOException.class);
      Files.delete(art);
      desk.putAll(TAKE.all());
      desk.settle();
    }
    assertThat(Desk.files(out)).isEqualTo(undisturbed);
  }

  @Test
  void hostileNamesStayInsideTheFolder() throws Exception {
    Records hostile = Records.of("ab12", "../../etc\n/passwd.wav", 1);
    AudioOutput record =
        AudioOutput.newBuilder(hostile.sound(0, "chirp")).setReading("../../evil").build();
    try (Desk desk = new Desk(out)) {
      desk.put(record);
      desk.settle();
    }
    try (var children = Files.list(temp)) {
      assertThat(children.map(p -> p.getFileName().toString()).toList())
          .containsExactlyInAnyOrder("out", "reference");
    }
    try (var children = Files.list(out)) {
      assertThat(children).hasSize(1);
    }
  }

  @Test
  void soundOfAnotherFormThanTheFileIsRefused() throws Exception {
    try (Desk desk = new Desk(out)) {
      desk.put(TAKE.sound(0, "chirp"));
      AudioOutput other =
          AudioOutput.newBuilder(TAKE.sound(1, "chirp")).setSampleRateHz(2000).build();
      assertThatThrownBy(() -> desk.put(other))
          .isInstanceOf(BadRecordException.class)
          .hasMessageContaining("sampleRateHz=2000")
          .hasMessageContaining("take=ab12 chunk=1 reading=chirp");
    }
  }

  @Test
  void sourceTagsSpeakInTheSoundFile() throws Exception {
    String head =
        new String(
            Files.readAllBytes(temp.resolve("reference/rain/chirp.wav")),
            0,
            WaveHeader.BYTES,
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(head)
        .contains(
            "INAM", "Rain on tin", "A. Nonymous", "CC0-1.0", "_PMX", "trainedAlgorithmicMedia");
  }

  @Test
  void aSourceKnownByNameOnlyIsCompletedLater() throws Exception {
    SourceInfo nameOnly = SourceInfo.newBuilder().setName("rain.wav").build();
    AudioOutput first =
        AudioOutput.newBuilder(TAKE.silence(0, "chirp", "lost")).setSource(nameOnly).build();
    try (Desk desk = new Desk(out)) {
      desk.put(first);
      desk.put(TAKE.sound(0, "rgb-mean"));
      desk.settle();
    }
    assertThat(json("rain").path("source").path("licence").asText()).isEqualTo("CC0-1.0");
  }

  private JsonNode json(String folder) throws IOException {
    return new ObjectMapper().readTree(out.resolve(folder).resolve("track.json").toFile());
  }

  /** The take's records in another order; what shares a partition keeps its order. */
  private static List<Object> interleaved(long seed) {
    List<List<Object>> queues = new ArrayList<>();
    for (long chunk = 0; chunk < TAKE.chunks(); chunk++) {
      queues.add(new ArrayList<>(List.of(TAKE.spectrogram(chunk))));
      queues.add(new ArrayList<>(List.of(TAKE.art(chunk))));
    }
    for (String reading : Records.READINGS) {
      List<Object> sounds = new ArrayList<>();
      for (long chunk = 0; chunk < TAKE.chunks(); chunk++) {
        sounds.add(TAKE.sound(chunk, reading));
      }
      queues.add(sounds);
    }
    Random random = new Random(seed);
    List<Object> mixed = new ArrayList<>();
    while (!queues.isEmpty()) {
      List<Object> queue = queues.get(random.nextInt(queues.size()));
      mixed.add(queue.removeFirst());
      queues.removeIf(List::isEmpty);
    }
    return mixed;
  }
}
