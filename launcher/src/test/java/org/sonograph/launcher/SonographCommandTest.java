package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.sound.WavCodec;

class SonographCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "spectrogram",
        "diffuse",
        "decode",
        "up",
        "ingest",
        "status",
        "dlq",
        "doctor",
        "config",
        "readings",
        "model"
      })
  void everyCommandExplainsItself(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: sonograph " + command);
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(run("run")).isEqualTo(ExitCode.USAGE.number());
    assertThat(run("nonsense")).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void aMissingInputEndsWith66AndItsName(@TempDir Path folder) {
    String missing = folder.resolve("nothing.png").toString();
    int code = run("decode", missing, folder.resolve("o.wav").toString(), "--reading", "red");
    assertThat(code).isEqualTo(ExitCode.NO_INPUT.number());
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(missing);
  }

  @Test
  void readingsAreListedAsData() {
    assertThat(run("readings")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("rgb-mean").contains("chirp");
  }

  @Test
  void aReadingExplainsItsParameters() throws Exception {
    assertThat(run("readings", "voices")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "pitch = red", "amplitude = green", "duration = blue", "a whole number from 1 to");
    out.reset();
    assertThat(run("readings", "voices", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toByteArray()).path("parameters").findValues("name"))
        .extracting(JsonNode::asText)
        .contains("pitch", "scale", "tempo");
    out.reset();
    assertThat(run("readings", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toByteArray()).size()).isGreaterThanOrEqualTo(12);
    assertThat(run("readings", "whale")).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void aPictureIsReadWithParametersAndWrittenAsNotes(@TempDir Path folder) throws Exception {
    byte[] pixels = new byte[64 * 32 * 3];
    new Random(1).nextBytes(pixels);
    Path art = folder.resolve("art.png");
    Files.write(art, PngCodec.encode(Picture.rgb(64, 32, pixels), new LinkedHashMap<>()));
    Path scale = folder.resolve("two.scl");
    Files.writeString(scale, "two notes\n2\n700.\n2/1\n");
    String out = folder.resolve("o.wav").toString();
    Path midi = folder.resolve("o.mid");
    String reading = "voices:scale=" + scale + ",root=110,voices=3";
    assertThat(
            run(
                "decode",
                art.toString(),
                out,
                "--profile",
                "tape",
                "--reading",
                reading,
                "--midi",
                midi.toString()))
        .as(err.toString(StandardCharsets.UTF_8))
        .isZero();
    assertThat(Files.readAllBytes(midi)).startsWith('M', 'T', 'h', 'd');
    assertThat(WavCodec.decode(Files.readAllBytes(Path.of(out))).sampleRateHz()).isEqualTo(48_000);
    assertThat(run("decode", art.toString(), out, "--profile", "tape", "--reading", "bells:tone=1"))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("bells has no parameter tone");
    assertThat(
            run(
                "decode",
                art.toString(),
                out,
                "--profile",
                "tape",
                "--reading",
                "red",
                "--midi",
                midi.toString()))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(
            run(
                "decode",
                art.toString(),
                out,
                "--profile",
                "tape",
                "--reading",
                "voices:scale=" + folder.resolve("none.scl")))
        .isEqualTo(ExitCode.NO_INPUT.number());
  }

  private int run(String... args) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            80);
    return SonographCommand.commandLine(terminal).execute(args);
  }
}
