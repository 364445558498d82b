package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.schemas.AudioOutput;

/** What a take looks like when part of it, or the rest of it, did not come. */
class FailedChunkTest {
  private static final Records TAKE = Records.of("ab12", "rain.wav", 3);

  @TempDir Path temp;
  private Path out;

  @BeforeEach
  void runsUndisturbed() throws Exception {
    out = temp.resolve("out");
    try (Desk desk = new Desk(temp.resolve("reference"))) {
      desk.putAll(TAKE.all());
      desk.settle();
    }
  }

  @Test
  void aFailedChunkIsSilentAndListed() throws Exception {
    try (Desk desk = new Desk(out)) {
      for (Object record : TAKE.all().toList()) {
        boolean isLost =
            record instanceof AudioOutput r
                && r.getPlace().getChunk() == 1
                && r.getReading().equals("chirp");
        desk.put(isLost ? TAKE.silence(1, "chirp", "bad-request") : record);
      }
      desk.settle();
    }
    JsonNode json = json("rain");
    assertThat(json.path("state").asText()).isEqualTo("failed");
    assertThat(json.path("complete").asBoolean()).isFalse();
    JsonNode failure = json.path("failures").path(0);
    assertThat(failure.path("chunk").asInt()).isEqualTo(1);
    assertThat(failure.path("startSeconds").asDouble()).isEqualTo(0.48);
    assertThat(failure.path("seconds").asDouble()).isEqualTo(0.64);
    assertThat(failure.path("code").asText()).isEqualTo("bad-request");
    assertThat(failure.path("reason").asText()).isEqualTo("it would not be painted");
    byte[] wav = Files.readAllBytes(out.resolve("rain/chirp.wav"));
    int start = WaveHeader.BYTES + 480 * 4;
    assertThat(java.util.Arrays.copyOfRange(wav, start, start + 480 * 4)).containsOnly(0);
    assertThat(wav).hasSize(WaveHeader.BYTES + (int) TAKE.samples() * 4);
  }

  @Test
  void silenceBeforeTheFirstSoundTakesItsPlace() throws Exception {
    try (Desk desk = new Desk(out)) {
      AudioOutput unformed =
          AudioOutput.newBuilder(TAKE.silence(0, "chirp", "lost")).setChannels(0).build();
      desk.put(unformed);
      desk.putAll(TAKE.all().filter(r -> !r.equals(TAKE.sound(0, "chirp"))));
      desk.settle();
    }
    byte[] wav = Files.readAllBytes(out.resolve("rain/chirp.wav"));
    assertThat(wav).hasSize(WaveHeader.BYTES + (int) TAKE.samples() * 4);
    assertThat(json("rain").path("failures")).hasSize(1);
  }

  @Test
  void aFailedChunkKeepsTheEndOfTheSoundBeforeIt() throws Exception {
    try (Desk desk = new Desk(out)) {
      for (Object record : TAKE.all().toList()) {
        boolean isLost =
            record instanceof AudioOutput r
                && r.getPlace().getChunk() == 1
                && r.getReading().equals("chirp");
        desk.put(
            isLost
                ? AudioOutput.newBuilder(TAKE.silence(1, "chirp", "lost"))
                    .setPcm(TAKE.sound(1, "chirp").getPcm())
                    .build()
                : record);
      }
      desk.settle();
    }
    assertThat(Files.readAllBytes(out.resolve("rain/chirp.wav")))
        .isEqualTo(Files.readAllBytes(temp.resolve("reference/rain/chirp.wav")));
    assertThat(json("rain").path("state").asText()).isEqualTo("failed");
  }

  @Test
  void aRepairReplacesTheSilenceAndMakesTheTakeComplete() throws Exception {
    try (Desk desk = new Desk(out)) {
      for (Object record : TAKE.all().toList()) {
        boolean isLost = record instanceof AudioOutput r && r.getPlace().getChunk() == 1;
        desk.put(isLost ? TAKE.silence(1, ((AudioOutput) record).getReading(), "lost") : record);
      }
      desk.settle();
      assertThat(json("rain").path("state").asText()).isEqualTo("failed");
      for (String reading : Records.READINGS) {
        desk.put(TAKE.repaired(TAKE.sound(1, reading)));
      }
      desk.settle();
    }
    assertThat(json("rain").path("state").asText()).isEqualTo("complete");
    for (String name : List.of("rain/chirp.wav", "rain/rgb-mean.wav")) {
      byte[] repaired = Files.readAllBytes(out.resolve(name));
      byte[] whole = Files.readAllBytes(temp.resolve("reference").resolve(name));
      int fadeStart = WaveHeader.BYTES + (960 - 10) * 4;
      int fadeEnd = WaveHeader.BYTES + 960 * 4;
      assertThat(java.util.Arrays.copyOf(repaired, fadeStart))
          .isEqualTo(java.util.Arrays.copyOf(whole, fadeStart));
      assertThat(java.util.Arrays.copyOfRange(repaired, fadeEnd, repaired.length))
          .isEqualTo(java.util.Arrays.copyOfRange(whole, fadeEnd, whole.length));
      assertThat(java.util.Arrays.copyOfRange(repaired, fadeEnd - 4, fadeEnd)).containsOnly(0);
    }
    assertThat(json("rain").path("repairs").path(0).asText()).isEqualTo("ab12~1");
  }

  @Test
  void aTakeWithoutNewsIsClosedAsAbandonedAndKeepsItsPartialNames() throws Exception {
    try (Desk desk = new Desk(out)) {
      desk.put(TAKE.sound(0, "chirp"));
      desk.settle();
      desk.pass(Duration.ofHours(2));
      desk.settle();
    }
    assertThat(json("rain").path("state").asText()).isEqualTo("abandoned");
    assertThat(out.resolve("rain/chirp.partial.wav")).exists();
  }

  private JsonNode json(String folder) throws IOException {
    return new ObjectMapper().readTree(out.resolve(folder).resolve("track.json").toFile());
  }
}
