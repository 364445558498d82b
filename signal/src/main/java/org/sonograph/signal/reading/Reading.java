package org.sonograph.signal.reading;

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

  /**
   * Turns a picture into sound.
   *
   * @throws IllegalArgumentException if the picture or a parameter cannot be read this way; the
   *     message says what was expected and what was found
   */
  ReadingOutput read(ReadingRequest request);
}
