package org.sonograph.launcher.watch;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.job.Estimate;

/** The state of the pipeline as a person reads it. */
public final class WatchText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final String ROW = "%-20s %8s %10s %8s %8s %10s";

  private final ZoneId zone;
  private final int width;

  /** Lines of at most so many columns; times as clocks in that zone show them. */
  public WatchText(ZoneId zone, int width) {
    this.zone = zone;
    this.width = width;
  }

  /** A screen. */
  public List<String> screen(String broker, PipelineState before, PipelineState now) {
    List<String> lines = new ArrayList<>();
    lines.add("sonograph at " + broker + ", " + time(now));
    lines.addAll(Terminal.wrapped(Verdict.of(now, zone).text(), width - 1));
    lines.add("");
    lines.add(ROW.formatted("stage", "waiting", "sound", "in/s", "out/s", "processes"));
    now.stages().forEach(stage -> lines.add(row(stage, before, now)));
    lines.add("");
    Set<String> workers = now.stage(PipelineState.DIFFUSION).processes();
    lines.addAll(Terminal.wrapped("workers   " + named(workers), width - 1));
    lines.addAll(Terminal.wrapped("painted   " + painted(now), width - 1));
    PipelineState.News news = now.news();
    lines.add("takes     %d open, %d closed".formatted(news.openTakes(), news.closedTakes()));
    lines.addAll(
        Terminal.wrapped(
            "last day  %d silences, %d dead letters%s"
                .formatted(
                    news.failedRecords(),
                    news.deadLetters(),
                    news.lastLetter().isEmpty() ? "" : ", the newest " + news.lastLetter()),
            width - 1));
    return lines;
  }

  /** One line, for a log. */
  public String line(PipelineState before, PipelineState now) {
    List<String> waiting = now.stages().stream().map(s -> s.name() + " " + s.waiting()).toList();
    OptionalDouble out = Rates.of(PipelineState.DIFFUSION, before, now).out();
    return "%s %s Waiting: %s. Painted %s/s by %d."
        .formatted(
            time(now),
            Verdict.of(now, zone).text(),
            String.join(", ", waiting),
            figure(out),
            now.stage(PipelineState.DIFFUSION).processes().size());
  }

  private String time(PipelineState state) {
    return TIME.format(Instant.ofEpochMilli(state.timeMs()).atZone(zone));
  }

  private static String row(PipelineState.Stage stage, PipelineState before, PipelineState now) {
    Rates rates = Rates.of(stage.name(), before, now);
    boolean isChunks = !stage.name().equals(PipelineState.GALLERY);
    String sound =
        isChunks && now.secondsAChunk() > 0
            ? Estimate.duration(stage.waiting() * now.secondsAChunk())
            : "-";
    return ROW.formatted(
        stage.name(),
        stage.waiting(),
        sound,
        figure(rates.in()),
        figure(rates.out()),
        stage.processes().size());
  }

  private static String figure(OptionalDouble rate) {
    return rate.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", rate.getAsDouble());
  }

  private static String named(Set<String> workers) {
    return workers.isEmpty() ? "none" : String.join("  ", workers);
  }

  private static String painted(PipelineState state) {
    OptionalDouble rate = state.paintedPerSecond();
    if (rate.isEmpty()) {
      return "nothing to speak of in the last 10 min";
    }
    String sound =
        state.secondsAChunk() > 0
            ? String.format(
                Locale.ROOT,
                ", %.2f s of sound a second",
                rate.getAsDouble() * state.secondsAChunk())
            : "";
    String left =
        state.toPaint() > 0
            ? ", done in about " + Estimate.duration(state.etaSeconds().orElse(0))
            : "";
    return String.format(Locale.ROOT, "%.1f a minute lately", rate.getAsDouble() * 60)
        + sound
        + left;
  }
}
