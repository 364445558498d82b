package org.sonograph.launcher.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.sonograph.launcher.job.Estimate;

/**
 * Whether all is well, in words that can be read over the phone.
 *
 * @param ok true where nobody need do anything
 * @param text one or two sentences, beginning with OK or NOT OK
 */
public record Verdict(boolean ok, String text) {
  /** A device that paints nothing for so long is stuck. */
  static final Duration STUCK = Duration.ofMinutes(10);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final Duration DAY = Duration.ofDays(1);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("HH:mm 'on' uuuu-MM-dd");

  /** What is missing where no process works for a stage, and what its records are called. */
  private record Words(String missing, String one, String many) {}

  private static final Map<String, Words> WORDS =
      Map.of(
          PipelineState.SPECTROGRAM,
          new Words(
              "nothing draws spectrograms: no spectrogram-service is there", "chunk", "chunks"),
          PipelineState.DIFFUSION,
          new Words("nothing paints: no diffusion worker is there", "picture", "pictures"),
          PipelineState.DECODER,
          new Words("nothing is made audible: no decoder-service is there", "picture", "pictures"),
          PipelineState.GALLERY,
          new Words("nothing is collected: no gallery-service is there", "record", "records"));

  /** Judges a state; times are told as clocks in that zone show them. */
  public static Verdict of(PipelineState state, ZoneId zone) {
    return missing(state, zone).or(() -> stuck(state, zone)).orElseGet(() -> well(state));
  }

  private static Optional<Verdict> missing(PipelineState state, ZoneId zone) {
    // the stage that most waits for is told first
    return state.stages().stream()
        .filter(stage -> stage.processes().isEmpty())
        .max(java.util.Comparator.comparingLong(PipelineState.Stage::waiting))
        .map(
            stage -> {
              Words words = WORDS.get(stage.name());
              String since =
                  stage.name().equals(PipelineState.DIFFUSION) ? lastPainted(state, zone) : "";
              return new Verdict(
                  false,
                  "NOT OK: %s%s; %s. Do: start it, or read its log if it should be running."
                      .formatted(words.missing(), since, waits(stage, words, state)));
            });
  }

  private static String waits(PipelineState.Stage stage, Words words, PipelineState state) {
    if (stage.waiting() == 0) {
      return "nothing waits for it yet";
    }
    boolean isChunks = !stage.name().equals(PipelineState.GALLERY);
    return "%d %s%s %s"
        .formatted(
            stage.waiting(),
            stage.waiting() == 1 ? words.one() : words.many(),
            isChunks ? sound(stage.waiting(), state) : "",
            stage.waiting() == 1 ? "waits" : "wait");
  }

  private static String sound(long chunks, PipelineState state) {
    return state.secondsAChunk() <= 0
        ? ""
        : " (%s of sound)".formatted(Estimate.duration(chunks * state.secondsAChunk()));
  }

  private static String lastPainted(PipelineState state, ZoneId zone) {
    long last = state.counts().recent().newestMs();
    return last <= 0 ? "" : ", the last picture was painted at " + time(last, state, zone);
  }

  private static String time(long ms, PipelineState state, ZoneId zone) {
    boolean isLongAgo = state.timeMs() - ms >= DAY.toMillis();
    return (isLongAgo ? DAY_AND_TIME : TIME).format(Instant.ofEpochMilli(ms).atZone(zone));
  }

  private static Optional<Verdict> stuck(PipelineState state, ZoneId zone) {
    PipelineState.Stage diffusion = state.stage(PipelineState.DIFFUSION);
    long news = Math.max(state.counts().newestChunkMs(), state.counts().recent().newestMs());
    if (diffusion.waiting() == 0 || state.timeMs() - news < STUCK.toMillis()) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict(
            false,
            "NOT OK: %s, but nothing was painted for %d minutes though %s%s. Do: read the logs of the diffusion workers, and restart them."
                .formatted(
                    waits(diffusion, WORDS.get(diffusion.name()), state),
                    STUCK.toMinutes(),
                    diffusion.processes().size() == 1
                        ? "a worker is there"
                        : diffusion.processes().size() + " workers are there",
                    lastPainted(state, zone))));
  }

  private static Verdict well(PipelineState state) {
    return new Verdict(true, "OK: everything runs; " + queue(state) + "." + losses(state));
  }

  private static String queue(PipelineState state) {
    long toPaint = state.toPaint();
    if (toPaint > 0) {
      String eta =
          state.etaSeconds().isPresent()
              ? ", about " + Estimate.duration(state.etaSeconds().getAsDouble())
              : ", for how long is not known yet";
      return "%d %s%s %s%s"
          .formatted(
              toPaint,
              toPaint == 1 ? "chunk" : "chunks",
              sound(toPaint, state),
              toPaint == 1 ? "waits" : "wait",
              eta);
    }
    return state.waiting() == 0 ? "nothing waits" : "nothing waits to be painted";
  }

  private static String losses(PipelineState state) {
    PipelineState.News news = state.news();
    if (news.deadLetters() == 0 && news.failedRecords() == 0) {
      return "";
    }
    return " In the last day %d dead letter%s and %d silence%s: see ./sonograph dlq show."
        .formatted(
            news.deadLetters(),
            news.deadLetters() == 1 ? "" : "s",
            news.failedRecords(),
            news.failedRecords() == 1 ? "" : "s");
  }
}
