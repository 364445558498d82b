package org.sonograph.launcher.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A unit of systemd that keeps a command running: from boot on, again whenever it ends, and killed
 * where it gives no sign of life.
 *
 * @param scope whose service it is
 * @param home folder of the script {@code sonograph}
 * @param where folder in which relative names of the command are meant
 * @param words the command
 */
public record Unit(Scope scope, Path home, Path where, List<String> words) {
  /** Name of the unit. */
  public static final String NAME = "sonograph.service";

  /** Whose service it is. */
  public sealed interface Scope {
    /** One of the user's own, in whose session the system's sound lives. */
    record User() implements Scope {}

    /**
     * One of the machine's.
     *
     * @param runAs user it runs as
     */
    record Machine(String runAs) implements Scope {
      public Machine {
        if (!runAs.matches("[a-zA-Z_][a-zA-Z0-9_.-]*")) {
          throw new IllegalArgumentException("--run-as=" + runAs + ", expected a user's name");
        }
      }
    }
  }

  public Unit {
    words = List.copyOf(words);
  }

  /** The unit's file. */
  public String text() {
    boolean isUser = scope instanceof Scope.User;
    List<String> lines = new ArrayList<>();
    lines.add("# Written by sonograph install; changes of your own: systemctl edit " + NAME);
    lines.add("[Unit]");
    lines.add("Description=Sonograph: " + escaped(String.join(" ", words)));
    lines.add("Documentation=file://" + escaped(home.resolve("docs/live.md").toString()));
    lines.add(isUser ? "After=sound.target" : "After=network-online.target sound.target");
    if (!isUser) {
      lines.add("Wants=network-online.target");
    }
    // nobody is there to reset a count
    lines.add("StartLimitIntervalSec=0");
    lines.add("");
    lines.add("[Service]");
    lines.add("Type=notify");
    lines.add("NotifyAccess=all");
    lines.add("ExecStart=" + command());
    lines.add("# What was built when it was installed; ./sonograph install builds anew.");
    lines.add("Environment=SONOGRAPH_BUILD=no");
    lines.add("WorkingDirectory=" + escaped(where.toString()));
    lines.add(
        "EnvironmentFile=-"
            + (isUser ? "%h/.config/sonograph/environment" : "/etc/default/sonograph"));
    if (scope instanceof Scope.Machine machine) {
      lines.add("User=" + machine.runAs());
      lines.add("SupplementaryGroups=audio");
    }
    lines.add("Restart=always");
    lines.add("RestartSec=2");
    lines.add(
        "# A first start builds and begins; the sign of life is sound where sound is expected.");
    lines.add("TimeoutStartSec=900");
    lines.add("WatchdogSec=" + Pulse.WATCHDOG.toSeconds());
    lines.add("WatchdogSignal=SIGKILL");
    lines.add("# Services drain before what they stand on; that takes half a minute at most.");
    lines.add("KillMode=mixed");
    lines.add("TimeoutStopSec=60");
    lines.add("SuccessExitStatus=143");
    lines.add("# A worker that was too large is started again by itself.");
    lines.add("OOMPolicy=continue");
    lines.add("");
    lines.add("[Install]");
    lines.add("WantedBy=" + (isUser ? "default.target" : "multi-user.target"));
    return String.join("\n", lines) + "\n";
  }

  private String command() {
    return quoted(home.resolve("sonograph").toString())
        + words.stream().map(word -> " " + quoted(word)).collect(Collectors.joining());
  }

  /** A word as systemd reads it back: quoted, with nothing in it expanded. */
  static String quoted(String word) {
    String safe = escaped(word).replace("$", "$$");
    return safe.matches("[A-Za-z0-9_./:=,@%+-]+")
        ? safe
        : "\"" + safe.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String escaped(String text) {
    if (text.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("a unit holds no line breaks: " + text);
    }
    return text.replace("%", "%%");
  }
}
