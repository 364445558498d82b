package org.sonograph.launcher.recipe;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.signal.reading.Reading;

/** Readings as they are asked for by name. */
public final class ReadingRequests {
  private ReadingRequests() {}

  /** All readings there are, by name. */
  public static List<Reading> all() {
    return ServiceLoader.load(Reading.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Reading::name))
        .toList();
  }

  /** The reading of that name. */
  public static Reading named(String name) {
    List<Reading> all = all();
    return all.stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--reading=%s, expected one of %s"
                        .formatted(
                            name,
                            all.stream().map(Reading::name).collect(Collectors.joining(", ")))));
  }

  /** Reads {@code name} or {@code name:parameter=value,parameter=value}. */
  static ReadingSettings parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    Map<String, String> parameters = new TreeMap<>();
    if (colon >= 0) {
      for (String pair : text.substring(colon + 1).split(",", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(
              "--reading="
                  + text
                  + ": '"
                  + pair
                  + "', expected name:parameter=value,parameter=value");
        }
        parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return ReadingSettings.newBuilder()
        .setName(named(name).name())
        .setParameters(parameters)
        .build();
  }
}
