package org.sonograph.launcher.command;

import io.smallrye.config.SmallRyeConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.canary.Canary;
import org.sonograph.launcher.canary.Round;
import org.sonograph.runtime.HealthReport;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.settings.DurationText;
import org.sonograph.runtime.settings.HttpConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends a known second of sound through a running instance and waits for its output. */
@Command(
    name = "canary",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a known second of sound through a running instance, waits for its output, and again.",
      "Its own /metrics tell how that goes. The gallery keeps nothing of these takes."
    })
public final class CanaryCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--ingest",
      paramLabel = "URL",
      description = "Address of ingest-service (default: that of the running ./sonograph up).")
  URI ingest;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "From one round's beginning to the next one's (default: ${DEFAULT-VALUE}).")
  String every;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "How long the output may take (default: ${DEFAULT-VALUE}).")
  String patience;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Model it is painted with (default: the one in ingest's recipe).")
  String model;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps it is painted in (default: as in ingest's recipe).")
  Integer steps;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of /metrics and /health (default: SONOGRAPH_HTTP_PORT, else a free one).")
  Integer port;

  @Option(
      names = "--once",
      description = "One round: exit code 0 where the output came, 69 with the reason where not.")
  boolean once;

  public CanaryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Duration pause = DurationText.parse(every);
    Duration limit = DurationText.parse(patience);
    URI door = door();
    SmallRyeConfig config = connection.config(List.of(), flags());
    Optional<String> token = config.getConfigMapping(HttpConfig.class).token();
    try (ServiceHost host = ServiceHost.open(config);
        Canary canary = Canary.open(host, door, token, options())) {
      if (once) {
        return once(canary.round(limit));
      }
      terminal.say("metrics: " + host.http().url() + "/metrics");
      goOn(host, canary, pause, limit);
      return ExitCode.OK.number();
    }
  }

  /** A single round needs no port that is known. */
  private List<String> flags() {
    if (once) {
      return List.of("--http.port=0");
    }
    return port == null ? List.of() : List.of("--http.port=" + port);
  }

  private int once(Round round) {
    if (!round.isSuccess()) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, said(round));
    }
    terminal.data(said(round));
    return ExitCode.OK.number();
  }

  /** Round after round until the process is ended. */
  private void goOn(ServiceHost host, Canary canary, Duration pause, Duration limit)
      throws InterruptedException {
    AtomicReference<HealthReport> health =
        new AtomicReference<>(HealthReport.notReady("no round has ended yet"));
    host.health(Carrier.CANARY.text(), health::get);
    host.watch();
    while (true) {
      long begun = System.nanoTime();
      Round round = canary.round(limit);
      health.set(round.isSuccess() ? HealthReport.ready() : HealthReport.notReady(round.reason()));
      if (round.isSuccess()) {
        terminal.say(said(round));
      } else {
        terminal.complain(said(round));
      }
      Thread.sleep(Math.max(0, pause.minusNanos(System.nanoTime() - begun).toMillis()));
    }
  }

  private static String said(Round round) {
    String seconds = "%.1f s".formatted(round.time().toMillis() / 1000.0);
    return round.isSuccess()
        ? "the canary's output came after " + seconds
        : "the canary failed after %s: %s".formatted(seconds, round.reason());
  }

  private URI door() {
    if (ingest != null) {
      return ingest;
    }
    String page = connection.instance().galleryUrl();
    if (page.isEmpty()) {
      throw new IllegalArgumentException("name ingest-service's address with --ingest URL");
    }
    return URI.create(page);
  }

  private Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    if (model != null) {
      options.put("model", model);
    }
    if (steps != null) {
      options.put("steps", steps.toString());
    }
    return options;
  }
}
