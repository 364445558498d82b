package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** A sweep as its users start it, and the commands on its page. */
@Tag("broker")
class ITSweep {
  private static final int RATE_HZ = 48_000;
  private static final long DEADLINE_S = 300;

  @TempDir Path folder;

  @Test
  void theCommandOfATakeMakesTheSamePictureAlone() throws Exception {
    wav("it's a tone.wav");
    script();
    List<String> sweep =
        List.of(
            "./sonograph",
            "run",
            "it's a tone.wav",
            "--out",
            "swept",
            "--json",
            "--model",
            "tiny-sd",
            "--steps",
            "2",
            "--seed",
            "41",
            "--seeds",
            "2",
            "--preset",
            "mine.properties",
            "--sweep",
            "strength=0.5,1",
            "--prompt",
            "it's ink, $HOME");
    Files.writeString(folder.resolve("mine.properties"), "colour = parts\nreading = red\n");
    JsonNode made = run(sweep);
    JsonNode takes = made.path("takes");
    assertThat(takes.size()).isEqualTo(4);
    Path page = folder.resolve(made.path("pages").get(0).asText());
    assertThat(made.path("open").asText()).isEqualTo(made.path("pages").get(0).asText());
    assertThat(Files.readString(page)).contains("data:audio/mpeg", "--strength=0.5");
    JsonNode third = byValues(takes, "1", "42");
    assertThat(third.path("files").toString())
        .contains("art/000000.png", "red.wav", "track.json", "scroll.png");
    Path track = folder.resolve(third.path("folder").asText()).resolve("track.json");
    JsonNode interpretation = new ObjectMapper().readTree(track.toFile()).path("interpretation");
    assertThat(interpretation.path("preset").asText()).isEqualTo("mine");
    assertThat(interpretation.path("spectrogram").path("colour").asText()).isEqualTo("parts");

    JsonNode alone =
        run(List.of("sh", "-c", third.path("command").asText() + " --json")).path("takes").get(0);
    assertThat(alone.path("take")).isEqualTo(third.path("take"));
    assertThat(art(alone)).isEqualTo(art(third)).isNotEqualTo(art(byValues(takes, "1", "41")));
  }

  private static JsonNode byValues(JsonNode takes, String strength, String seed) {
    for (JsonNode take : takes) {
      if (take.path("values").path("strength").asText().equals(strength)
          && take.path("values").path("seed").asText().equals(seed)) {
        return take;
      }
    }
    throw new AssertionError("no take with strength " + strength + " and seed " + seed);
  }

  private Picture art(JsonNode take) throws IOException {
    Path file = folder.resolve(take.path("folder").asText()).resolve("art/000000.png");
    return PngCodec.decode(Files.readAllBytes(file), PngLimits.DEFAULT).picture();
  }

  private JsonNode run(List<String> command) throws Exception {
    Path out = folder.resolve("told.json");
    File said = folder.resolve("said.txt").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(said)
            .start();
    assertThat(process.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said.toPath())).isZero();
    return new ObjectMapper().readTree(out.toFile());
  }

  /** Stands where the user's script does, and starts the classes under test. */
  private void script() throws IOException {
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx480m",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + Installation.HOME + "=" + Installation.home(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.sonograph.launcher.SonographCommand"));
    StringBuilder script = new StringBuilder("#!/bin/sh\nexec");
    java.forEach(word -> script.append(" '").append(word).append('\''));
    Path file = Files.writeString(folder.resolve("sonograph"), script + " \"$@\"\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void wav(String name) throws IOException {
    float[] sine = new float[2 * RATE_HZ];
    for (int i = 0; i < sine.length; i++) {
      sine[i] = (float) (0.3 * Math.sin(2 * Math.PI * 440 * i / RATE_HZ));
    }
    Files.write(
        folder.resolve(name),
        WavCodec.encode(Sound.mono(RATE_HZ, sine), SampleFormat.S16, new LinkedHashMap<>()));
  }
}
