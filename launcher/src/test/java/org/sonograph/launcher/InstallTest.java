package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.launcher.recipe.Presets;

/** What install writes below another root. */
class InstallTest {
  @TempDir Path root;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private int execute(String... words) {
    Terminal terminal =
        new Terminal(
            new PrintStream(shown, true, StandardCharsets.UTF_8),
            new PrintStream(said, true, StandardCharsets.UTF_8),
            false,
            80);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(1, List.of("--root", root.toString()));
    return SonographCommand.execute(terminal, new Presets(root), all.toArray(String[]::new));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void writesUnitAndTargetsWithFixedPortsAndTakesThemAway() throws IOException {
    int code =
        execute("install", "--run-as", "sound", "live", "http://radio.example/a", "--workers", "2");
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(files())
        .containsExactly("etc/prometheus/sonograph.json", "etc/systemd/system/sonograph.service");
    assertThat(Files.readString(root.resolve("etc/systemd/system/sonograph.service")))
        .contains("live http://radio.example/a --workers 2 --port 7463 --worker-port 7464\n")
        .contains("User=sound\n");
    assertThat(Files.readString(root.resolve("etc/prometheus/sonograph.json")))
        .contains("127.0.0.1:7463", "127.0.0.1:7464", "127.0.0.1:7465");
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("written: " + root);
    assertThat(execute("uninstall")).isZero();
    assertThat(files()).isEmpty();
  }

  @Test
  void aDryRunShowsAllAndWritesNothing() throws IOException {
    assertThat(execute("install", "--run-as", "sound", "--dry-run", "up", "--port=9000")).isZero();
    assertThat(files()).isEmpty();
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("up --port=9000 --worker-port 9001")
        .contains("127.0.0.1:9000");
  }

  @Test
  void refusesWhatWouldNotStart() throws IOException {
    assertThat(execute("install", "run", "a.wav")).isEqualTo(ExitCode.USAGE.number());
    assertThat(execute("install", "live", "http://radio.example/a", "--nmae", "foyer"))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(execute("install", "up", "--port", "0")).isEqualTo(ExitCode.USAGE.number());
    assertThat(files()).isEmpty();
  }
}
