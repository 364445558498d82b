package org.sonograph.launcher.command;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.LoopbackPorts;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the diffusion workers work: the options that {@code run} and {@code up} share. */
final class WorkerOptions {
  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Diffusion workers (default: 1).")
  int workers = 1;

  @Option(
      names = "--batch",
      paramLabel = "N|auto",
      description = {
        "Pictures that may share a call of the model, over all takes (default: auto, which is"
            + " found",
        "by trying and remembered; 1 on the processor)."
      })
  String batch;

  @Option(
      names = "--worker-port",
      paramLabel = "N",
      description = {
        "Port of the first worker's health and metrics, the others' follow (default: free ones)."
      })
  Integer port;

  @Mixin ProviderOption device = new ProviderOption();

  /** The number of workers, checked. */
  int count() {
    if (workers < 1) {
      throw new IllegalArgumentException("--workers=" + workers + ", expected 1 or more");
    }
    return workers;
  }

  /** A port for each worker. */
  List<Integer> ports() {
    return port == null
        ? LoopbackPorts.free(count())
        : IntStream.range(port, port + count()).boxed().toList();
  }

  /** Refuses what cannot be had here, before anything is started. */
  void check(Terminal terminal) {
    count();
    device.checked(terminal);
  }

  /** Adds what was asked for to the workers' settings. */
  void addTo(Map<String, String> settings) {
    settings.put(
        "sonograph.diffusion.threads",
        Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() / count())));
    if (batch != null) {
      settings.put("sonograph.diffusion.batch", batch);
    }
    if (device.provider != null) {
      settings.put("sonograph.diffusion.provider", device.provider);
    }
  }
}
