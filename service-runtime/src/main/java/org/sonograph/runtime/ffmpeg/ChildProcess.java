package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * One FFmpeg process: its standard input is an open file, its output is read here, its complaints
 * are kept. It is killed when it says nothing for too long, and always on close.
 */
final class ChildProcess implements AutoCloseable {
  private static final int COMPLAINTS_MAX_CHARS = 16_384;
  private static final long NOT_READING = Long.MAX_VALUE;
  private static final LongAdder KILLS = new LongAdder();
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final Process process;
  private final ChildLimits limits;
  private final StringBuilder complaints = new StringBuilder();
  private final Thread listener;
  private final Thread watchdog;
  private final AtomicLong readingSinceNanos = new AtomicLong(NOT_READING);
  private final AtomicBoolean isCounted = new AtomicBoolean();
  private volatile boolean killedForSilence;
  private volatile boolean closed;

  private ChildProcess(Process process, ChildLimits limits) {
    this.process = process;
    this.limits = limits;
    this.listener = Thread.ofVirtual().name("ffmpeg-complaints").start(this::listen);
    this.watchdog = Thread.ofVirtual().name("ffmpeg-watchdog").start(this::watch);
  }

  /** Starts {@code command} with {@code input} as its standard input and its output to be read. */
  static ChildProcess reading(
      FFmpegInstall install, List<String> command, Path input, ChildLimits l) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(limited(command, l, true));
    install.prepare(builder).redirectInput(input.toFile());
    return new ChildProcess(builder.start(), l);
  }

  /** As {@link #reading}, but the output goes to a file, in which the child can seek. */
  static ChildProcess writing(
      FFmpegInstall install, List<String> command, Path input, Path output, ChildLimits l)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(limited(command, l, false));
    install
        .prepare(builder)
        .redirectInput(input.toFile())
        .redirectOutput(Redirect.to(output.toFile()));
    return new ChildProcess(builder.start(), l);
  }

  /** As {@link #reading}, but it is fed through {@link #feed}, and writes a file it was named. */
  static ChildProcess fed(FFmpegInstall install, List<String> command, ChildLimits l)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(limited(command, l, false));
    install.prepare(builder).redirectOutput(Redirect.DISCARD);
    return new ChildProcess(builder.start(), l);
  }

  /** As {@link #reading}, but it is fed through {@link #feed}. */
  static ChildProcess piped(FFmpegInstall install, List<String> command, ChildLimits l)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(limited(command, l, true));
    return new ChildProcess(install.prepare(builder).start(), l);
  }

  /** Its standard input; closing it tells the child that no more comes. */
  OutputStream feed() {
    return process.getOutputStream();
  }

  /** The shell sets the limits and becomes the command; nothing of the command is parsed by it. */
  private static List<String> limited(List<String> command, ChildLimits limits, boolean noFiles) {
    if (Platform.current().windows()) {
      return command;
    }
    String script =
        "ulimit -c 0; ulimit -t %d; ulimit -v %d 2>/dev/null; %sexec \"$@\""
            .formatted(
                limits.cpu().toSeconds(),
                limits.memoryBytes() / 1024,
                noFiles ? "ulimit -f 0; " : "");
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", script, "ffmpeg"));
    all.addAll(command);
    return all;
  }

  /** Up to {@code length} bytes of output, or -1 at its end. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    readingSinceNanos.set(System.nanoTime());
    try {
      return process.getInputStream().read(bytes, offset, length);
    } catch (IOException e) {
      if (closed || killedForSilence) {
        return -1;
      }
      throw e;
    } finally {
      readingSinceNanos.set(NOT_READING);
    }
  }

  /**
   * Waits for the end, at most {@code patience}; returns what went wrong, or empty when the exit
   * code is 0.
   */
  Optional<String> failure(Duration patience) throws IOException {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        killedForSilence = true;
        kill();
      }
      int exitCode = process.waitFor();
      if (killed() && !closed && isCounted.compareAndSet(false, true)) {
        KILLS.increment();
      }
      listener.join(LAST_WORDS);
      if (killedForSilence) {
        return Optional.of(
            "let the decoder stand still for " + limits.silence().toSeconds() + " s");
      }
      return exitCode == 0 ? Optional.empty() : Optional.of(Diagnosis.of(exitCode, complaints()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for FFmpeg", e);
    }
  }

  /** As {@link #failure(Duration)}, once all of its output is read. */
  Optional<String> failure() throws IOException {
    return failure(limits.silence());
  }

  /** True when it had to be killed for a limit. */
  boolean killed() {
    return killedForSilence || !process.isAlive() && process.exitValue() > 128;
  }

  /** What it wrote to its standard error, without the loader's notes. */
  List<String> complaints() {
    synchronized (complaints) {
      return complaints
          .toString()
          .lines()
          .filter(line -> !line.contains("no version information available"))
          .toList();
    }
  }

  private void listen() {
    try (InputStream errors = process.getErrorStream()) {
      byte[] bytes = new byte[4096];
      for (int n = errors.read(bytes); n >= 0; n = errors.read(bytes)) {
        String text = new String(bytes, 0, n, StandardCharsets.UTF_8);
        synchronized (complaints) {
          complaints.append(text);
          complaints.delete(0, Math.max(0, complaints.length() - COMPLAINTS_MAX_CHARS));
        }
      }
    } catch (IOException e) {
      if (!closed && process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void watch() {
    try {
      while (!process.waitFor(limits.silence().toMillis() / 4, TimeUnit.MILLISECONDS)) {
        long since = readingSinceNanos.get();
        if (since != NOT_READING && System.nanoTime() - since > limits.silence().toNanos()) {
          killedForSilence = true;
          kill();
          return;
        }
      }
    } catch (InterruptedException e) {
      kill();
    }
  }

  /** How many of all had to be killed for a limit so far. */
  static long kills() {
    return KILLS.sum();
  }

  private void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    closed = true;
    kill();
    watchdog.interrupt();
    try {
      process.getInputStream().close();
      process.waitFor(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException e) {
      kill(); // the pipe was gone already
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
