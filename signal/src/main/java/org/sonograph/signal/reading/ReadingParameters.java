package org.sonograph.signal.reading;

import java.util.Locale;
import java.util.SortedMap;

/**
 * The parameters of a request, typed and checked. A parameter that is absent or empty has its
 * default; one that a reading does not know is left alone, since one set of parameters may serve
 * several readings.
 *
 * @param values name to text, as the user gave them
 */
public record ReadingParameters(SortedMap<String, String> values) {

  /** Where Griffin-Lim's phases begin: {@code zero} or {@code random}. */
  public static final String PHASE = "phase";

  /** How many times as long the sound becomes, by the phase vocoder. */
  public static final String STRETCH = "stretch";

  /** Griffin-Lim's iterations. */
  public static final String ITERATIONS = "iterations";

  /** Seed of what is random, a whole number; without it the take is the seed. */
  public static final String SEED = "seed";

  /** How {@link #PHASE} begins. */
  public enum Phase {
    /** Every phase zero: the same for every picture. */
    ZERO,
    /** Uniformly random from a seed. */
    RANDOM
  }

  /** The start of the phases. */
  public Phase phase(Phase otherwise) {
    String text = text(PHASE);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "" -> otherwise;
      case "zero" -> Phase.ZERO;
      case "random" -> Phase.RANDOM;
      default ->
          throw new IllegalArgumentException(
              "parameter %s=%s, expected zero or random".formatted(PHASE, text));
    };
  }

  /** A number between two bounds, both allowed. */
  public double number(String name, double otherwise, double low, double high) {
    String text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "parameter %s=%s, expected a number from %s to %s".formatted(name, text, low, high));
    }
    return value;
  }

  /** A whole number between two bounds, both allowed. */
  public int whole(String name, int otherwise, int low, int high) {
    String text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // the message below covers it
    }
    throw new IllegalArgumentException(
        "parameter %s=%s, expected a whole number from %d to %d".formatted(name, text, low, high));
  }

  /** The seed given, or one derived from the take's identity: the same on every machine. */
  public long seed(String take) {
    String text = text(SEED);
    if (!text.isEmpty()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "parameter %s=%s, expected a whole number".formatted(SEED, text), e);
      }
    }
    // FNV-1a: String.hashCode would do, but 32 bits are few for a seed
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < take.length(); i++) {
      hash = (hash ^ take.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private String text(String name) {
    return values.getOrDefault(name, "").strip();
  }
}
