package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.install.Unit;
import picocli.CommandLine.Option;

/** Where a service of systemd is put, and whether it is. */
final class InstallOptions {
  @Option(
      names = "--user",
      description = {
        "A service of yours instead of the machine's: needed where the sound system runs in your",
        "session (PipeWire, PulseAudio) and the sound card is to play; needs no root."
      })
  boolean user;

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description =
          "Target file for Prometheus (default: /etc/prometheus/sonograph.json; of yours:"
              + " ~/.config/sonograph/prometheus.json).")
  Path targets;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Put all files below this folder and start nothing, as packagers do.")
  Path root;

  @Option(names = "--dry-run", description = "Show what would be written, and write nothing.")
  boolean dryRun;

  boolean isUser() {
    return user;
  }

  /** Whether this machine's systemd is to know of it. */
  boolean isReal() {
    return root == null && !dryRun;
  }

  private static Path config() {
    String named = System.getenv("XDG_CONFIG_HOME");
    return named == null || named.isBlank()
        ? Path.of(System.getProperty("user.home"), ".config")
        : Path.of(named);
  }

  Path unitFile() {
    return user
        ? config().resolve("systemd/user").resolve(Unit.NAME)
        : Path.of("/etc/systemd/system").resolve(Unit.NAME);
  }

  Path targetFile() {
    if (targets != null) {
      return targets.toAbsolutePath();
    }
    return user
        ? config().resolve("sonograph/prometheus.json")
        : Path.of("/etc/prometheus/sonograph.json");
  }

  /** Where a file goes, below the root if one is named. */
  Path placed(Path file) {
    return root == null
        ? file
        : root.toAbsolutePath().resolve(file.getRoot().relativize(file).toString());
  }

  /** Writes a file, or shows it. */
  void write(Terminal terminal, Path file, String text) {
    Path at = placed(file);
    if (dryRun) {
      terminal.data("# " + at);
      terminal.data(text);
      return;
    }
    try {
      Files.createDirectories(at.getParent());
      Files.writeString(at, text);
      terminal.say("written: " + at);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE,
          "cannot write %s: %s; as root, or with --user for a service of yours".formatted(at, e),
          e);
    }
  }

  /** Takes a file away. */
  void remove(Terminal terminal, Path file) {
    Path at = placed(file);
    try {
      if (dryRun) {
        terminal.data("would remove " + at);
      } else if (Files.deleteIfExists(at)) {
        terminal.say("removed: " + at);
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.CANNOT_WRITE, "cannot remove " + at + ": " + e, e);
    }
  }

  String systemctl() {
    return user ? "systemctl --user" : "systemctl";
  }

  String journal() {
    return user ? "journalctl --user -u sonograph" : "journalctl -u sonograph";
  }

  /** Asks systemd for something; what it says against it is shown. */
  void systemctl(Terminal terminal, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("systemctl"));
    if (user) {
      command.add("--user");
    }
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() == 0) {
      terminal.say("done: " + String.join(" ", command));
    } else {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "%s ended with %d: see what it says above"
              .formatted(String.join(" ", command), process.exitValue()));
    }
  }
}
