package org.sonograph.signal.reading;

import java.util.List;
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

  /** Where Griffin-Lim's phases begin. */
  public static final String PHASE = "phase";

  /** How many times as long the sound becomes, by the phase vocoder. */
  public static final String STRETCH = "stretch";

  /** Griffin-Lim's iterations. */
  public static final String ITERATIONS = "iterations";

  /** Seed of what is random, a whole number; without it the take is the seed. */
  public static final String SEED = "seed";

  /** What the readings through Griffin-Lim have. */
  static final List<Parameter> GRIFFIN_LIM =
      List.of(
          new Parameter.Choice(
              PHASE,
              "where Griffin-Lim begins: auto (gradient; notebook: random), gradient (PGHI, from"
                  + " the picture's own), random from the seed, or zero",
              List.of("auto", "gradient", "random", "zero")),
          new Parameter.Own(
              ITERATIONS, "iterations of Griffin-Lim; 10 unless given, in notebook 32", 0, 10_000),
          new Parameter.Seed(SEED));

  /** What {@code rgb-mean} has. */
  static final List<Parameter> STRETCHED =
      List.of(
          GRIFFIN_LIM.get(0),
          GRIFFIN_LIM.get(1),
          new Parameter.Number(
              STRETCH,
              "how many times as long, by the phase vocoder; in notebook only",
              3,
              1 / 64.0,
              64),
          GRIFFIN_LIM.get(2));

  /** How {@link #PHASE} begins. */
  public enum Phase {
    /** Every phase zero: the same for every picture. */
    ZERO,
    /** Uniformly random from a seed. */
    RANDOM,
    /** Integrated from the gradients of the magnitudes; in {@code tape} only. */
    GRADIENT
  }

  /** The start of the phases. */
  public Phase phase(Phase otherwise) {
    String text = text(PHASE);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "", "auto" -> otherwise;
      case "zero" -> Phase.ZERO;
      case "random" -> Phase.RANDOM;
      case "gradient" -> Phase.GRADIENT;
      default ->
          throw new IllegalArgumentException(
              "parameter %s=%s, expected zero, random or gradient".formatted(PHASE, text));
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
