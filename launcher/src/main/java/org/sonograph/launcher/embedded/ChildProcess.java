package org.sonograph.launcher.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process of ours that ends when this one does; what it says goes to a log file. */
final class ChildProcess implements AutoCloseable {
  /** Main class that every child begins with. */
  static final String MAIN = "org.sonograph.launcher.child.ChildMain";

  private static final Path SHELL = Path.of("/bin/sh");

  /** Recording a start-up archive takes its time at the end. */
  private static final Duration STOP_DEADLINE =
      JavaCommand.isRecording() ? Duration.ofMinutes(5) : Duration.ofSeconds(28);

  private static final Duration POLL = Duration.ofMillis(20);
  private static final int TAIL_LINES = 12;

  /**
   * What to start.
   *
   * @param name for messages
   * @param command java with its arguments
   * @param environment variables added to this process's own
   * @param log file that takes what the child says, begun anew
   */
  record Spec(String name, List<String> command, Map<String, String> environment, Path log) {
    Spec {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  private final Spec spec;
  private final Process process;

  private ChildProcess(Spec spec, Process process) {
    this.spec = spec;
    this.process = process;
  }

  static ChildProcess start(Spec spec) {
    ProcessBuilder builder = new ProcessBuilder(deafToTerminal(spec.command()));
    builder.environment().putAll(spec.environment());
    builder.redirectErrorStream(true).redirectOutput(spec.log().toFile());
    try {
      Files.createDirectories(spec.log().getParent());
      return new ChildProcess(spec, builder.start());
    } catch (IOException e) {
      throw new EmbeddedException("cannot start the " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Ctrl-C goes to every process of a terminal's group; a child that stopped on its own would pull
   * the ground from under services that are still draining. Ignored signals stay ignored across
   * exec, and a JVM respects that.
   */
  private static List<String> deafToTerminal(List<String> command) {
    if (!Files.isExecutable(SHELL)) {
      return command;
    }
    List<String> wrapped =
        new ArrayList<>(List.of(SHELL.toString(), "-c", "trap '' INT HUP; exec \"$@\"", "child"));
    wrapped.addAll(command);
    return wrapped;
  }

  /** The same once more, after this one has ended. */
  ChildProcess again() {
    return start(spec);
  }

  String name() {
    return spec.name();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** What the child ended with; only where it has. */
  int exitCode() {
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  /**
   * Returns when {@code ready} says so; throws with the log's last lines when the child ends first
   * or the time is up.
   */
  void await(BooleanSupplier ready, Duration deadline) {
    long until = System.nanoTime() + deadline.toNanos();
    while (!ready.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new EmbeddedException(
            "the %s ended with code %d while starting%s"
                .formatted(spec.name(), process.exitValue(), tail()));
      }
      if (System.nanoTime() > until) {
        throw new EmbeddedException(
            "the %s was not ready within %d s%s"
                .formatted(spec.name(), deadline.toSeconds(), tail()));
      }
      pause();
    }
  }

  /** The log's last lines, as the end of a message. */
  String tail() {
    List<String> lines;
    try {
      lines = Files.readString(spec.log(), StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      return "; its log " + spec.log() + " cannot be read: " + e.getMessage();
    }
    if (lines.isEmpty()) {
      return "; it said nothing (log: " + spec.log() + ")";
    }
    return "; the last lines of "
        + spec.log()
        + ":\n  "
        + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** Tells the child to end and does not wait. */
  void signalStop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /** Ends the child at once, in whatever state it leaves its files. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    signalStop();
    try {
      if (!process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("interrupted while waiting", e);
    }
  }
}
