package org.sonograph.launcher.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a live stream is heard, in words that can be read over the phone.
 *
 * @param stream its name
 * @param ok true where nobody need do anything
 * @param text a sentence or two, beginning with SOUND: yes or SOUND: no
 */
public record SoundVerdict(String stream, boolean ok, String text) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("HH:mm 'on' uuuu-MM-dd");

  /** Whether nothing is heard, though something should be. */
  public boolean isLost() {
    return !ok && text.startsWith("SOUND: no");
  }

  /** What can be judged of one stream. */
  private record Case(JsonNode stream, Optional<JsonNode> source, Instant now, ZoneId zone) {
    String since(String field) {
      Instant then = now.minusMillis(Math.round(1000 * stream.path(field).asDouble()));
      boolean isLongAgo = Duration.between(then, now).compareTo(Duration.ofDays(1)) >= 0;
      return (isLongAgo ? DAY_AND_TIME : TIME).format(then.atZone(zone));
    }

    SoundVerdict is(boolean ok, String text) {
      return new SoundVerdict(stream.path("name").asText(), ok, "SOUND: " + text);
    }
  }

  /**
   * Judges every stream there is, the worst first; none where there never was one.
   *
   * @param streams what {@code GET /streams} of the gallery answers
   * @param sources what {@code GET /sources} of ingest-service answers; empty where it is elsewhere
   * @param zone whose clocks tell times
   */
  public static List<SoundVerdict> of(
      JsonNode streams, JsonNode sources, Instant now, ZoneId zone) {
    Set<String> names = new LinkedHashSet<>();
    streams.forEach(stream -> names.add(stream.path("name").asText()));
    sources.forEach(source -> names.add(source.path("name").asText()));
    List<SoundVerdict> all = new ArrayList<>();
    for (String name : names) {
      Optional<JsonNode> source = named(sources, name);
      all.add(
          named(streams, name)
              .map(stream -> judge(new Case(stream, source, now, zone)))
              .orElseGet(() -> begun(name)));
    }
    all.sort((a, b) -> Boolean.compare(a.ok(), b.ok()));
    return List.copyOf(all);
  }

  private static Optional<JsonNode> named(JsonNode all, String name) {
    for (JsonNode one : all) {
      if (one.path("name").asText().equals(name)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private static SoundVerdict begun(String name) {
    return new SoundVerdict(
        name,
        false,
        "SOUND: no, not yet: nothing of stream %s was made audible so far. Do: wait a minute; then read DATA/logs/services.log."
            .formatted(name));
  }

  private static SoundVerdict judge(Case c) {
    String card = c.stream().path("card").asText("plays");
    if (!c.stream().path("expected").asBoolean(true)) {
      return muted(c);
    }
    if (!card.equals("plays")) {
      return c.is(
          false,
          "no, since %s: no sound card (%s). Do: see that it is plugged in and switched on; it is looked for every two seconds."
              .formatted(c.since("cardSinceSeconds"), card));
    }
    String state = c.stream().path("state").asText();
    if (!c.stream().path("flowing").asBoolean() || state.equals("silence")) {
      return c.is(
          false,
          "no, since %s: nothing new comes and nothing is remembered%s. Do: %s."
              .formatted(c.since("sinceLiveSeconds"), trouble(c), advice(c)));
    }
    return switch (state) {
      case "live" -> taken(c, "live");
      case "stand-in" -> taken(c, "unpainted");
      case "repeat" -> again(c, "what was heard last is repeated");
      default -> again(c, "the last hour is heard again");
    };
  }

  private static SoundVerdict muted(Case c) {
    boolean isPanic = c.stream().path("panic").asBoolean();
    return c.is(
        true,
        isPanic
            ? "no, since somebody wanted silence (panic). Do: set panic to false, if it is over."
            : "no, since somebody turned it down (volume 0). Do: turn the volume up, if it should"
                + " be heard.");
  }

  private static SoundVerdict taken(Case c, String how) {
    String heard =
        String.format(
            Locale.ROOT,
            "yes, %s, %.0f s behind",
            how,
            c.stream().path("behindSeconds").asDouble());
    return isLost(c)
        ? c.is(false, heard + "%s. Do: see to the source.".formatted(trouble(c)))
        : c.is(true, heard);
  }

  private static SoundVerdict again(Case c, String what) {
    return c.is(
        false,
        "yes, but nothing new since %s: %s%s. Do: %s."
            .formatted(c.since("sinceLiveSeconds"), what, trouble(c), advice(c)));
  }

  private static boolean isLost(Case c) {
    return c.source().isPresent()
        && !c.source().get().path("heard").asText("source").equals("source");
  }

  private static String trouble(Case c) {
    if (!isLost(c)) {
      return "";
    }
    JsonNode source = c.source().orElseThrow();
    String trouble = source.path("trouble").asText();
    return "; the source is lost, %s is heard%s"
        .formatted(source.path("heard").asText(), trouble.isEmpty() ? "" : ": " + trouble);
  }

  private static String advice(Case c) {
    return isLost(c)
        ? "see to the source"
        : "wait a minute after a start; then read DATA/logs/services.log";
  }
}
