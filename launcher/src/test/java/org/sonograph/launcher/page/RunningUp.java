package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.launcher.embedded.InstanceFile;

/** {@code ./sonograph up}, or {@code live}, as a process of its own, over one data folder. */
final class RunningUp implements AutoCloseable {
  private static final long DEADLINE_S = 300;

  private final Path data;
  private final Path log;
  private final Process process;

  /** Starts it and waits until it is ready. */
  RunningUp(Path data, String model, int port) throws IOException, InterruptedException {
    this(data, List.of("up", "--model", model, "--port", Integer.toString(port)));
  }

  /** Starts whichever command stays and waits until it is ready. */
  RunningUp(Path data, List<String> words) throws IOException, InterruptedException {
    this.data = data;
    this.log = data.resolveSibling("up.log");
    List<String> command = java("-Xmx600m");
    command.addAll(words);
    command.addAll(List.of("--data", data.toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    while (InstanceFile.read(data).isEmpty()) {
      assertThat(process.isAlive()).as(said()).isTrue();
      assertThat(System.nanoTime()).as(said()).isLessThan(until);
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
  }

  private static List<String> java(String heap) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            heap,
            "--enable-native-access=ALL-UNNAMED",
            "-D" + Installation.HOME + "=" + Installation.home(),
            "-cp",
            System.getProperty("java.class.path"),
            "org.sonograph.launcher.SonographCommand"));
  }

  /** Address of the page. */
  String url() {
    return InstanceFile.read(data).orElseThrow().galleryUrl();
  }

  /** Addresses of the meters: of the services in one process, and of each worker. */
  List<String> metrics() {
    return InstanceFile.read(data).orElseThrow().metricsUrls();
  }

  /** Runs another command against this instance; what it ended with. */
  int command(String... words) throws IOException, InterruptedException {
    List<String> command = java("-Xmx200m");
    command.addAll(List.of(words));
    command.addAll(List.of("--data", data.toString()));
    Process other =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    assertThat(other.waitFor(DEADLINE_S, TimeUnit.SECONDS)).as(said()).isTrue();
    return other.exitValue();
  }

  int port() {
    return java.net.URI.create(url()).getPort();
  }

  String said() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said()).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
