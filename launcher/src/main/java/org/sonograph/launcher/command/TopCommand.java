package org.sonograph.launcher.command;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.watch.PipelineState;
import org.sonograph.launcher.watch.WatchJson;
import org.sonograph.launcher.watch.WatchText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows, over and over, what the pipeline does. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what each stage has to do, how fast it goes, who works and when all will be done;"
          + " again and again until Ctrl-C.",
      "On a terminal the picture stays in place; elsewhere each look is a line."
    })
public final class TopCommand implements Callable<Integer> {
  private static final double MS_A_SECOND = 1000;
  private static final double LONGEST_S = 3600;

  private final Terminal terminal;
  private List<String> shown = List.of();

  @Mixin ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Time between two looks (default: ${DEFAULT-VALUE}).")
  double interval;

  @Option(names = "--once", description = "Look once; rates are those of one interval.")
  boolean once;

  @Option(names = "--json", description = "Each look as one line of JSON.")
  boolean json;

  public TopCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!(interval >= 0.1 && interval <= LONGEST_S)) {
      throw new IllegalArgumentException(
          "--interval=%s, expected 0.1 to %.0f seconds".formatted(interval, LONGEST_S));
    }
    Thread leave = new Thread(this::leave, "top-leaves");
    try (Observation observation = Observation.open(connection)) {
      Runtime.getRuntime().addShutdownHook(leave);
      PipelineState before = observation.read();
      do {
        Thread.sleep(Duration.ofMillis(Math.round(interval * MS_A_SECOND)));
        PipelineState now = observation.read();
        show(observation.broker(), before, now);
        before = now;
      } while (!once);
      return ExitCode.OK.number();
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.number();
    } finally {
      forget(leave);
    }
  }

  private void show(String broker, PipelineState before, PipelineState now) {
    ZoneId zone = ZoneId.systemDefault();
    WatchText text = new WatchText(zone, terminal.width());
    if (json) {
      terminal.data(WatchJson.of(before, now, zone).toString());
    } else if (once) {
      text.screen(broker, before, now).forEach(terminal::data);
    } else if (terminal.interactive()) {
      shown = text.screen(broker, before, now);
      terminal.status(shown);
    } else {
      terminal.data(text.line(before, now));
    }
  }

  /** Ctrl-C: the last picture stays, and the prompt comes below it. */
  private void leave() {
    if (!shown.isEmpty()) {
      terminal.status(List.of());
      shown.forEach(terminal::say);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // it is at work
    }
  }
}
