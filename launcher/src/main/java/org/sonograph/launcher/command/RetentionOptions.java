package org.sonograph.launcher.command;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How long takes stay where nobody tidies up. */
final class RetentionOptions {
  private static final int MOST_DAYS = 36_500;
  private static final int MOST_GB = 1_000_000;

  @Option(
      names = "--takes-days",
      paramLabel = "DAYS",
      description =
          "Delete takes that are older, but for those starred on the page (default: never).")
  Double days;

  @Option(
      names = "--takes-gb",
      paramLabel = "GB",
      description = {
        "Delete the oldest takes while all together need more room, but for those starred on the",
        "page (default: never)."
      })
  Double gigabytes;

  /** Settings of gallery-service. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    put(settings, "days", days, MOST_DAYS);
    put(settings, "gb", gigabytes, MOST_GB);
    return settings;
  }

  private static void put(Map<String, String> settings, String name, Double value, int most) {
    if (value == null) {
      return;
    }
    if (!(value > 0 && value <= most)) {
      throw new IllegalArgumentException(
          "--takes-%s=%s, expected more than 0, at most %d".formatted(name, value, most));
    }
    settings.put("sonograph.gallery.keep-" + name, String.valueOf(value));
  }
}
