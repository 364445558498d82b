package org.sonograph.signal.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A scale: which pitches there are above a root, again and again from period to period.
 *
 * @param cents steps above the root in cents, ascending, the last one the period (1200 = octave);
 *     none = every pitch there is
 */
public record Scale(List<Double> cents) {

  /** No scale: pitches stay as they are. */
  public static final Scale FREE = new Scale(List.of());

  private static final int MOST_STEPS = 1024;
  private static final String CENTS = "cents";
  private static final Map<String, Scale> NAMED = named();

  /** Checks the order. */
  public Scale {
    cents = List.copyOf(cents);
    double before = 0;
    for (double step : cents) {
      if (!(step > before) || step > 120_000) {
        throw new IllegalArgumentException(
            "step of %s cents after %s, expected ascending steps".formatted(step, before));
      }
      before = step;
    }
    if (cents.size() > MOST_STEPS) {
      throw new IllegalArgumentException(
          "%d steps, expected at most %d".formatted(cents.size(), MOST_STEPS));
    }
  }

  private static Map<String, Scale> named() {
    Map<String, Scale> all = new LinkedHashMap<>();
    all.put("free", FREE);
    all.put("chromatic", equal(12));
    all.put("major", twelfths(2, 4, 5, 7, 9, 11, 12));
    all.put("minor", twelfths(2, 3, 5, 7, 8, 10, 12));
    all.put("dorian", twelfths(2, 3, 5, 7, 9, 10, 12));
    all.put("pentatonic", twelfths(2, 4, 7, 9, 12));
    all.put("minor-pentatonic", twelfths(3, 5, 7, 10, 12));
    all.put("blues", twelfths(3, 5, 6, 7, 10, 12));
    all.put("whole-tone", twelfths(2, 4, 6, 8, 10, 12));
    all.put("hirajoshi", twelfths(2, 3, 7, 8, 12));
    all.put("octaves", twelfths(12));
    all.put("just", ratios(16, 15, 9, 8, 6, 5, 5, 4, 4, 3, 45, 32, 3, 2, 8, 5, 5, 3, 9, 5, 15, 8));
    all.put("just-pentatonic", ratios(9, 8, 5, 4, 3, 2, 5, 3));
    all.put("pythagorean", ratios(9, 8, 81, 64, 4, 3, 3, 2, 27, 16, 243, 128));
    all.put("harmonic", ratios(9, 8, 10, 8, 11, 8, 12, 8, 13, 8, 14, 8, 15, 8));
    all.put("19-tet", equal(19));
    all.put("24-tet", equal(24));
    all.put("31-tet", equal(31));
    return all;
  }

  private static Scale equal(int steps) {
    List<Double> cents = new ArrayList<>();
    for (int i = 1; i <= steps; i++) {
      cents.add(1200.0 * i / steps);
    }
    return new Scale(cents);
  }

  private static Scale twelfths(int... semitones) {
    return new Scale(Arrays.stream(semitones).mapToObj(s -> 100.0 * s).toList());
  }

  /** Numerators and denominators in turn; the octave follows. */
  private static Scale ratios(int... parts) {
    List<Double> cents = new ArrayList<>();
    for (int i = 0; i < parts.length; i += 2) {
      cents.add(cents((double) parts[i] / parts[i + 1]));
    }
    cents.add(1200.0);
    return new Scale(cents);
  }

  private static double cents(double ratio) {
    return 1200 * Math.log(ratio) / Math.log(2);
  }

  /** Names that {@link #of} knows. */
  public static Set<String> names() {
    return NAMED.keySet();
  }

  /**
   * A scale by its name, or by the word {@code cents} and its steps, blanks between: {@code cents
   * 204 386 702 884 1200}.
   */
  public static Scale of(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    if (NAMED.containsKey(name)) {
      return NAMED.get(name);
    }
    String[] words = name.split("\\s+");
    if (!words[0].equals(CENTS) || words.length < 2) {
      throw new IllegalArgumentException("there is no scale of that name");
    }
    List<Double> cents = new ArrayList<>();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      cents.add(number(word, word));
    }
    return new Scale(cents);
  }

  /** This scale as {@link #of} reads it. */
  public String toText() {
    for (Map.Entry<String, Scale> known : NAMED.entrySet()) {
      if (known.getValue().equals(this)) {
        return known.getKey();
      }
    }
    StringBuilder text = new StringBuilder(CENTS);
    cents.forEach(step -> text.append(' ').append(step));
    return text.toString();
  }

  /**
   * A scale in the Scala archive's format: lines that begin with an exclamation mark are remarks; a
   * line that describes, a line with the number of notes, then one pitch a line, in cents where it
   * has a point, else as a ratio. Steps out of order are sorted, as Scala's users expect.
   */
  public static Scale fromScala(String file) {
    List<String> lines = file.lines().filter(line -> !line.startsWith("!")).toList();
    if (lines.size() < 2) {
      throw new IllegalArgumentException(
          "a Scala file of %d lines, expected a description, a count and the pitches"
              .formatted(lines.size()));
    }
    String countLine = lines.get(1).strip();
    int count = (int) number(countLine.split("\\s+")[0], countLine);
    if (count < 1 || count > MOST_STEPS || lines.size() < 2 + count) {
      throw new IllegalArgumentException(
          "a Scala file with %d pitches, expected 1 to %d, and the %s it announces"
              .formatted(lines.size() - 2, MOST_STEPS, countLine));
    }
    TreeSet<Double> cents = new TreeSet<>();
    double period = 0;
    for (String line : lines.subList(2, 2 + count)) {
      period = pitch(line);
      if (period > 0) {
        cents.add(period);
      }
    }
    // the last line is the period wherever it stands
    double last = period;
    cents.removeIf(step -> step > last);
    if (cents.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' as the last pitch, expected one above the root".formatted(lines.get(1 + count)));
    }
    return new Scale(List.copyOf(cents));
  }

  private static double pitch(String line) {
    String text = line.strip().split("\\s+")[0];
    if (text.contains(".")) {
      return number(text, line);
    }
    int slash = text.indexOf('/');
    double over = number(slash < 0 ? text : text.substring(0, slash), line);
    double under = slash < 0 ? 1 : number(text.substring(slash + 1), line);
    if (!(over > 0 && under > 0)) {
      throw new IllegalArgumentException("'%s', expected a ratio above 0".formatted(line));
    }
    return cents(over / under);
  }

  private static double number(String text, String line) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw new IllegalArgumentException("'%s', expected a number".formatted(line));
  }

  /** The pitch of this scale that is nearest, by interval. */
  public double nearestHz(double hz, double rootHz) {
    if (cents.isEmpty() || !(hz > 0)) {
      return hz;
    }
    double period = cents.getLast();
    double place = cents(hz / rootHz);
    double periods = Math.floor(place / period);
    double within = place - periods * period;
    double best = 0;
    for (double step : cents) {
      best = Math.abs(step - within) < Math.abs(best - within) ? step : best;
    }
    return rootHz * Math.pow(2, (periods * period + best) / 1200);
  }
}
