package org.sonograph.diffusion.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a prompt and its emphasis, in the grammar that AUTOMATIC1111's web UI made common:
 * {@code (a)} weighs 1.1, {@code (a:1.5)} weighs 1.5, {@code [a]} weighs 1/1.1, brackets nest and
 * multiply, a backslash makes a bracket a letter, and what is left open is closed at the end.
 *
 * @param weight factor on what the text encoder makes of it
 */
public record WeightedText(String text, double weight) {

  private static final double STEP = 1.1;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\\\([()\\[\\]\\\\])|([(\\[])|:\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+))\\s*\\)|([)\\]])|([^\\\\()\\[\\]:]+|[:\\\\])");

  private static final class Parser {
    final List<WeightedText> pieces = new ArrayList<>();
    final List<Integer> round = new ArrayList<>();
    final List<Integer> square = new ArrayList<>();

    void take(Matcher token) {
      if (token.group(1) != null) {
        pieces.add(new WeightedText(token.group(1), 1));
      } else if (token.group(2) != null) {
        (token.group(2).equals("(") ? round : square).add(pieces.size());
      } else if (token.group(3) != null && !round.isEmpty()) {
        weigh(round.removeLast(), Double.parseDouble(token.group(3)));
      } else if (")".equals(token.group(4)) && !round.isEmpty()) {
        weigh(round.removeLast(), STEP);
      } else if ("]".equals(token.group(4)) && !square.isEmpty()) {
        weigh(square.removeLast(), 1 / STEP);
      } else {
        pieces.add(new WeightedText(token.group(), 1));
      }
    }

    void weigh(int from, double factor) {
      for (int i = from; i < pieces.size(); i++) {
        WeightedText piece = pieces.get(i);
        pieces.set(i, new WeightedText(piece.text(), piece.weight() * factor));
      }
    }
  }

  /** Reads a prompt; stretches of equal weight are one. */
  public static List<WeightedText> parse(String prompt) {
    Parser parser = new Parser();
    Matcher token = TOKEN.matcher(prompt);
    while (token.find()) {
      parser.take(token);
    }
    parser.round.forEach(from -> parser.weigh(from, STEP));
    parser.square.forEach(from -> parser.weigh(from, 1 / STEP));
    List<WeightedText> merged = new ArrayList<>();
    for (WeightedText piece : parser.pieces) {
      if (!merged.isEmpty() && merged.getLast().weight() == piece.weight()) {
        merged.set(
            merged.size() - 1,
            new WeightedText(merged.getLast().text() + piece.text(), piece.weight()));
      } else {
        merged.add(piece);
      }
    }
    return List.copyOf(merged);
  }
}
