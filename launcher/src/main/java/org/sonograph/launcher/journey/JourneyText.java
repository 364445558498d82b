package org.sonograph.launcher.journey;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sonograph.launcher.Terminal;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Hop;
import org.sonograph.schemas.Place;

/** A journey as a person reads it, in lines of at most 80 columns where texts of others allow. */
public final class JourneyText {
  private static final int MOST_CHUNKS = 20;
  private static final int WIDTH = 80;
  private static final String REASON = "    ";
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd xxx");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final ZoneId zone;

  /** Times are shown as clocks there do. */
  public JourneyText(ZoneId zone) {
    this.zone = zone;
  }

  /** One chunk, hop by hop. */
  public List<String> lines(Journey journey) {
    List<String> lines = new ArrayList<>(head(journey));
    for (String topic : Journey.WAY) {
      switch (journey.presence(topic)) {
        case FOUND -> journey.on(topic).forEach(s -> lines.addAll(hop(journey, s)));
        case NO_LONGER_KEPT -> lines.add("%-32s no longer kept".formatted(topic));
        case NOT_YET -> lines.add("%-32s not there so far".formatted(topic));
      }
      journey.sightings().stream()
          .filter(s -> s.isDeadLetter() && s.at().topic().startsWith(topic + "."))
          .forEach(s -> lines.addAll(hop(journey, s)));
    }
    lines.add("");
    lines.addAll(Terminal.wrapped(end(journey), WIDTH));
    if (!journey.trouble().isEmpty()) {
      lines.add("readings, models and failures are not known: " + journey.trouble());
    }
    lines.addAll(looked(journey.looked()));
    return lines;
  }

  private List<String> head(Journey journey) {
    List<String> lines = new ArrayList<>();
    String source = journey.about().map(ChunkHeaders::sourceName).orElse("");
    lines.add(
        "chunk %d of take %s%s"
            .formatted(
                journey.key().chunk(),
                journey.key().take(),
                source.isEmpty() ? "" : ", " + source));
    Sighting first = journey.sightings().getFirst();
    lines.add(
        "on %s%s"
            .formatted(
                DAY.format(Instant.ofEpochMilli(first.writtenMs()).atZone(zone)),
                journey.about().map(JourneyText::sound).orElse("")));
    journey.sightings().stream()
        .flatMap(s -> s.trace().stream())
        .map(t -> "trace " + t.traceId())
        .distinct()
        .forEach(lines::add);
    if (journey.isPartOfOnePicture()) {
      lines.add(
          "profile notebook: all chunks become one picture, the way of which is that of chunk 0");
    }
    lines.add("");
    return lines;
  }

  private static String sound(ChunkHeaders about) {
    Place place = about.toPlace();
    return place.getSampleRateHz() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            ", %.1f s of sound from %.1f s on",
            (double) place.getLengthSamples() / place.getSampleRateHz(),
            (double) place.getStartSample() / place.getSampleRateHz());
  }

  private List<String> hop(Journey journey, Sighting sighting) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-32s %s  %s"
            .formatted(
                sighting.at(),
                TIME.format(Instant.ofEpochMilli(sighting.writtenMs()).atZone(zone)),
                Durations.size(sighting.at().bytes())));
    List<String> work = new ArrayList<>();
    journey.waitedMs(sighting).ifPresent(ms -> work.add("waited " + Durations.text(ms)));
    sighting.hop().ifPresent(hop -> work.addAll(work(hop)));
    sighting
        .hop()
        .ifPresent(
            hop ->
                lines.add(("  " + hop.stage() + "  " + String.join(", ", work)).stripTrailing()));
    String details = details(sighting);
    if (!details.isEmpty()) {
      lines.add("  " + details);
    }
    sighting.contents().failure().ifPresent(f -> lines.addAll(failure(f, sighting)));
    return lines;
  }

  private static List<String> work(Hop hop) {
    Hop.Times times = hop.times();
    List<String> work = new ArrayList<>();
    if (times.taken() > 0 && times.done() > times.taken()) {
      work.add("worked " + Durations.text(times.done() - times.taken()));
    }
    if (times.done() > 0 && times.written() - times.done() >= 10) {
      work.add("waited " + Durations.text(times.written() - times.done()) + " for its turn");
    }
    return work;
  }

  private static String details(Sighting sighting) {
    List<String> details = new ArrayList<>();
    Sighting.Contents contents = sighting.contents();
    if (!contents.reading().isEmpty()) {
      details.add("reading " + contents.reading());
    }
    if (!contents.model().isEmpty()) {
      details.add(
          String.format(
              Locale.ROOT, "%s, %.2f s painting", contents.model(), contents.paintingSeconds()));
    }
    sighting
        .hop()
        .filter(h -> h.attempt() > 1)
        .ifPresent(h -> details.add("attempt " + h.attempt()));
    sighting.hop().ifPresent(h -> details.add("by " + h.process()));
    return String.join(", ", details);
  }

  private static List<String> failure(Failure failure, Sighting sighting) {
    String what = sighting.isDeadLetter() ? "dead letter" : "failure";
    List<String> lines =
        new ArrayList<>(
            List.of("  %s: %s at %s".formatted(what, failure.getCode(), failure.getStage())));
    String reason = failure.getReason().lines().findFirst().orElse("");
    Terminal.wrapped(reason, WIDTH - REASON.length()).forEach(line -> lines.add(REASON + line));
    return lines;
  }

  private static String end(Journey journey) {
    String total = journey.totalMs().stream().mapToObj(Durations::text).findFirst().orElse("?");
    if (journey.failure().isPresent()) {
      Failure failure = journey.failure().get();
      return "silence after %s: %s at %s; ./sonograph dlq replay --take %s tries again"
          .formatted(total, failure.getCode(), failure.getStage(), journey.key().take());
    }
    int terminal = journey.on(Journey.WAY.getLast()).size();
    List<String> missing = journey.missingReadings();
    if (terminal > 0 && missing.isEmpty()) {
      return "sound after %s, %d reading%s".formatted(total, terminal, terminal == 1 ? "" : "s");
    }
    return "on its way for %s so far; not heard yet: %s"
        .formatted(total, missing.isEmpty() ? "anything" : String.join(", ", missing));
  }

  /** What was read to find something, or to find nothing. */
  public static List<String> looked(List<Stretches.Stretch> looked) {
    List<String> lines = new ArrayList<>(List.of("looked in"));
    looked.stream()
        .filter(s -> s.to() > s.from())
        .map(Stretches.Stretch::toString)
        .sorted()
        .forEach(text -> lines.add("  " + text));
    long empty = looked.stream().filter(s -> s.to() <= s.from()).count();
    if (empty > 0) {
      lines.add("  and in %d partitions with nothing since".formatted(empty));
    }
    return lines;
  }

  /** A take's chunks, the worst first. */
  public List<String> lines(TakeJourney take) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "take %s: %d chunks, %d failed, %d unfinished"
            .formatted(take.take(), take.chunks().size(), take.failed(), take.unfinished()));
    lines.add("");
    lines.add("%7s  %10s  %s".formatted("chunk", "total", "end"));
    take.chunks().stream().limit(MOST_CHUNKS).forEach(j -> lines.add(row(j)));
    if (take.chunks().size() > MOST_CHUNKS) {
      lines.add("... and %d more; --json has all".formatted(take.chunks().size() - MOST_CHUNKS));
    }
    lines.add("");
    lines.add("./sonograph trace %s/N shows the way of one".formatted(take.take()));
    lines.addAll(looked(take.looked()));
    return lines;
  }

  private static String row(Journey journey) {
    String total = journey.totalMs().stream().mapToObj(Durations::text).findFirst().orElse("");
    String end =
        journey
            .failure()
            .map(f -> f.getCode() + " at " + f.getStage())
            .orElseGet(() -> journey.isKnown() ? heard(journey) : "not heard yet");
    return "%7d  %10s  %s".formatted(journey.key().chunk(), total, end);
  }

  private static String heard(Journey journey) {
    List<String> missing = journey.missingReadings();
    return missing.isEmpty()
        ? journey.on(Journey.WAY.getLast()).stream()
            .map(s -> s.contents().reading())
            .distinct()
            .collect(Collectors.joining(", "))
        : "not heard yet: " + String.join(", ", missing);
  }
}
