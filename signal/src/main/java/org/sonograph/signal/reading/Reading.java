package org.sonograph.signal.reading;

import java.util.List;
import java.util.SortedMap;

/**
 * One way of hearing a picture.
 *
 * <p>A reading is found by {@link java.util.ServiceLoader}: a public class with a public
 * no-argument constructor, named in {@code META-INF/services/org.sonograph.signal.reading.Reading}.
 * Its name is what a user types and what travels in a message.
 *
 * <p>Readings are pure (the same request gives the same samples, bit for bit on one machine), hold
 * no state between calls, and may be called by many threads at once. They touch no file, no network
 * and no clock.
 */
public interface Reading {

  /** What a user types: lower case letters, digits and hyphens. */
  String name();

  /** One sentence, in the language of someone who wants to hear it. */
  String summary();

  /** Its settings, in the order in which they are explained. */
  List<Parameter> parameters();

  /** Whether it is better with the sound the picture was made from, which then travels along. */
  default boolean wantsSource() {
    return false;
  }

  /** How long its sound is, in words. */
  default String length() {
    return "as long as the chunk; in notebook one column lasts half a window, (height - 1) / 24000"
        + " s";
  }

  /**
   * Refuses settings that it does not have, and values that mean nothing.
   *
   * @throws IllegalArgumentException which says what was expected
   */
  default void check(SortedMap<String, String> given) {
    for (var entry : given.entrySet()) {
      Parameter parameter =
          parameters().stream()
              .filter(p -> p.name().equals(entry.getKey()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "reading %s has no parameter %s, expected one of %s"
                              .formatted(
                                  name(),
                                  entry.getKey(),
                                  String.join(
                                      ", ", parameters().stream().map(Parameter::name).toList()))));
      if (!entry.getValue().isBlank()) {
        parameter.check(entry.getValue().strip());
      }
    }
  }

  /**
   * Turns a picture into sound.
   *
   * @throws IllegalArgumentException if the picture or a parameter cannot be read this way; the
   *     message says what was expected and what was found
   */
  ReadingOutput read(ReadingRequest request);
}
