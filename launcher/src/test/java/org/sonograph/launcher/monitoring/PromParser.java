package org.sonograph.launcher.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads queries, strictly: what it does not know is an error, never skipped. Of the language it
 * knows what our files use; subqueries, {@code @} and {@code group_left} are refused.
 */
final class PromParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
              + "|(?<duration>(?:\\d+(?:ms|[smhdwy]))+)(?![\\w.])"
              + "|(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)(?![\\w.])"
              + "|(?<name>[A-Za-z_:][\\w:]*)"
              + "|(?<sign>=~|!~|==|!=|<=|>=|[-+*/%^<>=(){}\\[\\],]))");

  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("or"),
          Set.of("and", "unless"),
          Set.of("==", "!=", "<", ">", "<=", ">="),
          Set.of("+", "-"),
          Set.of("*", "/", "%"));

  private static final Set<String> AGGREGATES =
      Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk");

  private final List<String> kinds = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private final String query;
  private int at;

  private PromParser(String query) {
    this.query = query;
    Matcher m = TOKEN.matcher(query.strip());
    int end = 0;
    while (end < query.strip().length()) {
      if (!m.find(end) || m.start() != end) {
        throw error("cannot read from: " + query.strip().substring(end));
      }
      for (String kind : List.of("text", "duration", "number", "name", "sign")) {
        if (m.group(kind) != null) {
          kinds.add(kind);
          tokens.add(m.group(kind));
        }
      }
      end = m.end();
    }
  }

  /**
   * A query's meaning.
   *
   * @throws IllegalArgumentException where it is none that we know
   */
  static PromExpr parse(String query) {
    PromParser parser = new PromParser(query);
    PromExpr all = parser.binary(0);
    if (parser.at < parser.tokens.size()) {
      throw parser.error("expected its end before " + parser.peek());
    }
    return all;
  }

  private PromExpr binary(int level) {
    if (level == LEVELS.size()) {
      return unary();
    }
    PromExpr left = binary(level + 1);
    while (LEVELS.get(level).contains(peek())) {
      String op = next();
      left = new PromExpr.Binary(op, labels("on", "ignoring"), left, binary(level + 1));
    }
    return left;
  }

  private PromExpr unary() {
    if (accept("-")) {
      return new PromExpr.Binary("*", Optional.empty(), new PromExpr.Number(-1), unary());
    }
    if (accept("(")) {
      PromExpr inner = binary(0);
      expect(")");
      return inner;
    }
    if (peekKind().equals("number")) {
      return new PromExpr.Number(Double.parseDouble(next()));
    }
    if (peekKind().equals("text")) {
      return new PromExpr.Text(text());
    }
    if (!peekKind().equals("name")) {
      throw error("expected a value, found " + peek());
    }
    String name = next();
    if (AGGREGATES.contains(name)) {
      return aggregate(name);
    }
    return accept("(") ? new PromExpr.Call(name, arguments()) : selector(name);
  }

  private PromExpr aggregate(String op) {
    Optional<PromExpr.Labels> before = labels("by", "without");
    expect("(");
    List<PromExpr> arguments = arguments();
    Optional<PromExpr.Labels> grouping = before.isPresent() ? before : labels("by", "without");
    return new PromExpr.Aggregate(op, grouping, arguments);
  }

  private List<PromExpr> arguments() {
    List<PromExpr> all = new ArrayList<>();
    if (accept(")")) {
      return all;
    }
    do {
      all.add(binary(0));
    } while (accept(","));
    expect(")");
    return all;
  }

  private Optional<PromExpr.Labels> labels(String... words) {
    if (!Set.of(words).contains(peek())) {
      return Optional.empty();
    }
    String word = next();
    List<String> names = new ArrayList<>();
    expect("(");
    while (!accept(")")) {
      names.add(name());
      if (!peek().equals(")")) {
        expect(",");
      }
    }
    return Optional.of(new PromExpr.Labels(word, names));
  }

  private PromExpr selector(String name) {
    List<PromExpr.Matcher> matchers = new ArrayList<>();
    if (accept("{")) {
      while (!accept("}")) {
        String label = name();
        String op = next();
        if (!Set.of("=", "!=", "=~", "!~").contains(op)) {
          throw error("expected = != =~ or !~ after " + label + ", found " + op);
        }
        matchers.add(new PromExpr.Matcher(label, op, text()));
        if (!peek().equals("}")) {
          expect(",");
        }
      }
    }
    boolean isRange = accept("[");
    if (isRange) {
      duration();
      expect("]");
    }
    if (accept("offset")) {
      duration();
    }
    return new PromExpr.Selector(name, matchers, isRange);
  }

  private String name() {
    if (!peekKind().equals("name")) {
      throw error("expected a name, found " + peek());
    }
    return next();
  }

  private String text() {
    if (!peekKind().equals("text")) {
      throw error("expected a text, found " + peek());
    }
    String quoted = next();
    return quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  private void duration() {
    if (!peekKind().equals("duration")) {
      throw error("expected a duration, found " + peek());
    }
    at++;
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "the end";
  }

  private String peekKind() {
    return at < kinds.size() ? kinds.get(at) : "end";
  }

  private String next() {
    if (at == tokens.size()) {
      throw error("it ends too early");
    }
    return tokens.get(at++);
  }

  private boolean accept(String token) {
    boolean isThere = !peekKind().equals("text") && peek().equals(token);
    at += isThere ? 1 : 0;
    return isThere;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw error("expected " + token + ", found " + peek());
    }
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException(what + " in: " + query);
  }
}
