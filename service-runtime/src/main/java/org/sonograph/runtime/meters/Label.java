package org.sonograph.runtime.meters;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/**
 * A label with the values it may have. Their number is what a meter costs, so the set is closed;
 * the name of a model, which an operator gives, is cut to a few plain characters instead.
 *
 * @param values in the order they are shown; empty for a name that an operator gives
 */
public record Label(String name, SequencedSet<String> values) {
  /** Stands for every value that is not declared, where values travel in messages. */
  public static final String OTHER = "other";

  private static final Pattern UNWANTED = Pattern.compile("[^A-Za-z0-9._-]");
  private static final int NAME_MAX_CHARS = 48;

  public Label {
    values = new LinkedHashSet<>(values);
  }

  static Label of(String name, List<String> values) {
    return new Label(name, new LinkedHashSet<>(values));
  }

  static Label named(String name) {
    return of(name, List.of());
  }

  /**
   * A value as it is exported.
   *
   * @throws IllegalArgumentException where it is not declared and nothing stands for such
   */
  String value(String given) {
    if (values.isEmpty()) {
      String plain = UNWANTED.matcher(given).replaceAll("_");
      return plain.substring(0, Math.min(plain.length(), NAME_MAX_CHARS));
    }
    if (values.contains(given)) {
      return given;
    }
    if (values.contains(OTHER)) {
      return OTHER;
    }
    throw new IllegalArgumentException(
        "label %s=%s, expected one of %s".formatted(name, given, String.join(", ", values)));
  }
}
