package org.sonograph.signal.reading;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * One setting of a reading: its name, what it means, what it is when it is not given, and what it
 * may be. Values travel as text.
 */
public sealed interface Parameter {

  /** What a user types: lower case letters, digits and hyphens. */
  String name();

  /** One sentence. */
  String doc();

  /** The value that counts where none is given, as text. */
  String fallback();

  /** What a value may be, in words. */
  String expected();

  /**
   * Refuses a value that means nothing here.
   *
   * @throws IllegalArgumentException which says what was expected
   */
  void check(String text);

  /** The value given, without white space around it, or the default. */
  default String text(SortedMap<String, String> given) {
    String text = given.getOrDefault(name(), "").strip();
    return text.isEmpty() ? fallback() : text;
  }

  /** The error for a value that means nothing here. */
  default IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "parameter %s=%s, expected %s".formatted(name(), text, expected()));
  }

  /**
   * A number.
   *
   * @param name see {@link Parameter#name}
   * @param doc see {@link Parameter#doc}
   * @param value the default
   * @param low least value
   * @param high greatest value
   */
  record Number(String name, String doc, double value, double low, double high)
      implements Parameter {

    @Override
    public String fallback() {
      return shown(value);
    }

    @Override
    public String expected() {
      return "a number from %s to %s".formatted(shown(low), shown(high));
    }

    @Override
    public void check(String text) {
      parse(text);
    }

    /** The value in force. */
    public double of(SortedMap<String, String> given) {
      return parse(text(given));
    }

    private double parse(String text) {
      try {
        double number = Double.parseDouble(text);
        if (number >= low && number <= high) {
          return number;
        }
      } catch (NumberFormatException e) {
        // refused below
      }
      throw refused(text);
    }

    private static String shown(double number) {
      return number == Math.rint(number) && Math.abs(number) < 1e9
          ? Long.toString((long) number)
          : Double.toString(number);
    }
  }

  /**
   * A whole number.
   *
   * @param name see {@link Parameter#name}
   * @param doc see {@link Parameter#doc}
   * @param value the default
   * @param low least value
   * @param high greatest value
   */
  record Whole(String name, String doc, int value, int low, int high) implements Parameter {

    @Override
    public String fallback() {
      return Integer.toString(value);
    }

    @Override
    public String expected() {
      return "a whole number from %d to %d".formatted(low, high);
    }

    @Override
    public void check(String text) {
      parse(text);
    }

    /** The value in force. */
    public int of(SortedMap<String, String> given) {
      return parse(text(given));
    }

    private int parse(String text) {
      try {
        int number = Integer.parseInt(text);
        if (number >= low && number <= high) {
          return number;
        }
      } catch (NumberFormatException e) {
        // refused below
      }
      throw refused(text);
    }
  }

  /**
   * A whole number that a reading chooses itself where none is given.
   *
   * @param name see {@link Parameter#name}
   * @param doc see {@link Parameter#doc}, which says what it chooses
   * @param low least value
   * @param high greatest value
   */
  record Own(String name, String doc, int low, int high) implements Parameter {

    @Override
    public String fallback() {
      return "";
    }

    @Override
    public String expected() {
      return new Whole(name, doc, low, low, high).expected();
    }

    @Override
    public void check(String text) {
      new Whole(name, doc, low, low, high).check(text);
    }

    /** The value in force. */
    public int of(SortedMap<String, String> given, int otherwise) {
      return new Whole(name, doc, otherwise, low, high).of(given);
    }
  }

  /**
   * The seed of what is random.
   *
   * @param name see {@link Parameter#name}
   */
  record Seed(String name) implements Parameter {

    @Override
    public String doc() {
      return "seed of what is random; the take's own unless given";
    }

    @Override
    public String fallback() {
      return "";
    }

    @Override
    public String expected() {
      return "a whole number";
    }

    @Override
    public void check(String text) {
      try {
        Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(refused(text).getMessage(), e);
      }
    }
  }

  /**
   * One of some words.
   *
   * @param name see {@link Parameter#name}
   * @param doc see {@link Parameter#doc}
   * @param words what may be said, the default first
   */
  record Choice(String name, String doc, List<String> words) implements Parameter {

    /** Copies the words. */
    public Choice {
      words = List.copyOf(words);
    }

    @Override
    public String fallback() {
      return words.getFirst();
    }

    @Override
    public String expected() {
      return words.size() == 1
          ? words.getFirst()
          : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    @Override
    public void check(String text) {
      parse(text);
    }

    /** The word in force. */
    public String of(SortedMap<String, String> given) {
      return parse(text(given));
    }

    private String parse(String text) {
      String word = text.toLowerCase(Locale.ROOT);
      if (!words.contains(word)) {
        throw refused(text);
      }
      return word;
    }
  }

  /**
   * A scale of pitches, see {@link Scale#of}.
   *
   * @param name see {@link Parameter#name}
   * @param doc see {@link Parameter#doc}
   * @param fallback name of the default
   */
  record Pitches(String name, String doc, String fallback) implements Parameter {

    @Override
    public String expected() {
      return "one of %s, a Scala file (.scl), or \"cents\" and the steps of a scale"
          .formatted(String.join(", ", Scale.names()));
    }

    @Override
    public void check(String text) {
      of(text);
    }

    /** The scale in force. */
    public Scale of(SortedMap<String, String> given) {
      return of(text(given));
    }

    private Scale of(String text) {
      try {
        return Scale.of(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(refused(text).getMessage() + ": " + e.getMessage(), e);
      }
    }
  }
}
