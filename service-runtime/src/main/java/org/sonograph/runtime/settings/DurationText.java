package org.sonograph.runtime.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads times as people write them: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h}, {@code
 * 7d}, or ISO 8601's {@code PT1H}.
 */
public final class DurationText implements Converter<Duration> {
  private static final long serialVersionUID = 1L;
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

  /** Reads a time; an {@link IllegalArgumentException} says which forms there are. */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return iso(text.strip());
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  @Override
  public Duration convert(String text) {
    return parse(text);
  }

  private static Duration iso(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "', expected a time such as 500ms, 30s, 10m, 1h, 7d or PT1H", e);
    }
  }
}
