package org.sonograph.runtime;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sonograph.runtime.settings.HoursConfig;
import org.sonograph.runtime.settings.SettingsException;

/**
 * How loud live streams are at which hour. A span begins and ends once a day by the clock on the
 * wall, also on the days on which that clock is changed.
 */
public final class Hours {
  /** Time in which sound fades to the level of another hour. */
  public static final double FADE_SECONDS = 10;

  /** Always, and at full level. */
  public static final Hours ALWAYS = new Hours(List.of(), List.of(), ZoneId.of("UTC"));

  /** 60 dB down: nobody hears that. */
  private static final double INAUDIBLE = 0.001;

  /** Longer than the fade, and than a chunk. */
  private static final long MARGIN_MS = 15_000;

  private static final Pattern SPAN =
      Pattern.compile("(\\d{1,2}:\\d{2})-(\\d{1,2}:\\d{2})(?:=(\\d*\\.?\\d+))?");
  private static final Pattern DAYS = Pattern.compile("([a-z]{3})(?:-([a-z]{3}))?");
  private static final String MIDNIGHT = "24:00";

  private final List<Span> open;
  private final List<Span> quiet;
  private final ZoneId zone;

  /**
   * A part of certain days.
   *
   * @param from when it begins
   * @param to when it ends, on the next day where that is not after {@code from}
   * @param level how loud it is, 0 to 1
   * @param days on which it begins
   */
  private record Span(LocalTime from, LocalTime to, double level, Set<DayOfWeek> days) {
    boolean holds(Instant time, LocalDate begins, ZoneId zone) {
      LocalDate ends = to.isAfter(from) ? begins : begins.plusDays(1);
      return days.contains(begins.getDayOfWeek())
          && !time.isBefore(begins.atTime(from).atZone(zone).toInstant())
          && time.isBefore(ends.atTime(to).atZone(zone).toInstant());
    }
  }

  private Hours(List<Span> open, List<Span> quiet, ZoneId zone) {
    this.open = open;
    this.quiet = quiet;
    this.zone = zone;
  }

  /** The hours that settings name. */
  public static Hours of(HoursConfig config) {
    try {
      return parse(config.open().orElse(""), config.quiet().orElse(""), ZoneId.systemDefault());
    } catch (IllegalArgumentException e) {
      throw new SettingsException("sonograph.hours." + e.getMessage(), e);
    }
  }

  /**
   * Reads hours.
   *
   * @param open spans by commas, each with the days after it that it begins on; empty = always
   * @param quiet the same, each span with its level
   * @throws IllegalArgumentException in one line, where it cannot be read
   */
  public static Hours parse(String open, String quiet, ZoneId zone) {
    return new Hours(spans("open", open, false), spans("quiet", quiet, true), zone);
  }

  /** Level of streams at a time, 0 to 1; 0 also where it is too quiet to be heard. */
  public double level(long wallMs) {
    Instant time = Instant.ofEpochMilli(wallMs);
    LocalDate today = time.atZone(zone).toLocalDate();
    if (!open.isEmpty() && open.stream().noneMatch(span -> isIn(span, time, today))) {
      return 0;
    }
    double level =
        quiet.stream()
            .filter(span -> isIn(span, time, today))
            .mapToDouble(Span::level)
            .min()
            .orElse(1);
    return level > INAUDIBLE ? level : 0;
  }

  private boolean isIn(Span span, Instant time, LocalDate today) {
    return span.holds(time, today, zone) || span.holds(time, today.minusDays(1), zone);
  }

  /** Whether anything is heard at a time or shortly before or after it. */
  public boolean isHeardAround(long wallMs) {
    return level(wallMs) > 0 || level(wallMs - MARGIN_MS) > 0 || level(wallMs + MARGIN_MS) > 0;
  }

  private static List<Span> spans(String name, String text, boolean hasLevel) {
    List<Span> spans = new ArrayList<>();
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String word = part.strip().toLowerCase(Locale.ROOT);
      Matcher span = SPAN.matcher(word);
      Matcher days = DAYS.matcher(word);
      boolean isSpan = span.matches() && hasLevel == (span.group(3) != null);
      if (!isSpan && (spans.isEmpty() || !days.matches())) {
        throw refusal(name, text, part, hasLevel);
      }
      try {
        if (isSpan) {
          spans.add(span(span));
        } else {
          Span last = spans.removeLast();
          Set<DayOfWeek> all =
              last.days().size() == DayOfWeek.values().length
                  ? EnumSet.noneOf(DayOfWeek.class)
                  : EnumSet.copyOf(last.days());
          all.addAll(days(days));
          spans.add(new Span(last.from(), last.to(), last.level(), all));
        }
      } catch (RuntimeException e) {
        throw refusal(name, text, part, hasLevel);
      }
    }
    return List.copyOf(spans);
  }

  private static IllegalArgumentException refusal(
      String name, String text, String part, boolean hasLevel) {
    return new IllegalArgumentException(
        "%s=%s: '%s', expected %s, and after it days such as Mon-Fri or Sat, all by commas"
            .formatted(name, text, part, hasLevel ? "22:00-07:00=0.3" : "10:00-18:00"));
  }

  private static Span span(Matcher text) {
    double level = text.group(3) == null ? 1 : Double.parseDouble(text.group(3));
    if (level > 1) {
      throw new IllegalArgumentException("level above 1");
    }
    return new Span(
        time(text.group(1)), time(text.group(2)), level, EnumSet.allOf(DayOfWeek.class));
  }

  private static LocalTime time(String text) {
    String padded = text.length() == "0:00".length() ? "0" + text : text;
    return padded.equals(MIDNIGHT)
        ? LocalTime.MIDNIGHT
        : LocalTime.parse(padded).truncatedTo(ChronoUnit.MINUTES);
  }

  private static Set<DayOfWeek> days(Matcher text) {
    DayOfWeek first = day(text.group(1));
    DayOfWeek last = text.group(2) == null ? first : day(text.group(2));
    Set<DayOfWeek> days = EnumSet.of(last);
    for (DayOfWeek day = first; day != last; day = day.plus(1)) {
      days.add(day);
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().toLowerCase(Locale.ROOT).startsWith(text)) {
        return day;
      }
    }
    throw new IllegalArgumentException("no day: " + text);
  }
}
