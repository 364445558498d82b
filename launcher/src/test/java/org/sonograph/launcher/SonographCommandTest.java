package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        "readings"
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
