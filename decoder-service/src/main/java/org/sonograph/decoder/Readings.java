package org.sonograph.decoder;

import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sonograph.signal.reading.Reading;

/** All readings on the class path, by name. */
public final class Readings {
  private final SortedMap<String, Reading> byName = new TreeMap<>();

  /** Finds them by {@link ServiceLoader}. */
  public Readings() {
    ServiceLoader.load(Reading.class, Readings.class.getClassLoader())
        .forEach(reading -> byName.put(reading.name(), reading));
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
