package org.sonograph.signal.reading;

import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** All readings on the class path, by name. */
public final class Readings {
  private final SortedMap<String, Reading> byName = new TreeMap<>();

  /** Finds them by {@link ServiceLoader}. */
  public Readings() {
    ServiceLoader.load(Reading.class, Readings.class.getClassLoader())
        .forEach(reading -> byName.put(reading.name(), reading));
  }

  /** All of them, by name. */
  public List<Reading> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The reading of that name.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are
   */
  public Reading named(String name) {
    Reading reading = byName.get(name);
    if (reading == null) {
      throw new IllegalArgumentException(
          "reading=%s, expected one of %s".formatted(name, byName.keySet()));
    }
    return reading;
  }
}
