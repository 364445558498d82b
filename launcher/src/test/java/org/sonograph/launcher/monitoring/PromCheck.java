package org.sonograph.launcher.monitoring;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds what a query would silently return nothing for: series, labels and values that nobody
 * exports, growth of what does not grow, sides of an operator whose labels never match.
 */
final class PromCheck {
  /** What a query returns; only vectors have labels. */
  private record Result(Kind kind, Set<String> labels, boolean isCounter) {
    static final Result SCALAR = new Result(Kind.SCALAR, Set.of(), false);

    static Result vector(Set<String> labels) {
      return new Result(Kind.VECTOR, labels, false);
    }
  }

  private enum Kind {
    SCALAR,
    TEXT,
    VECTOR,
    RANGE
  }

  private static final Set<String> GROWTH = Set.of("rate", "irate", "increase");
  private static final Set<String> OVER_TIME =
      Set.of("predict_linear", "deriv", "min_over_time", "max_over_time", "avg_over_time");
  private static final Set<String> SAME_LABELS =
      Set.of("ceil", "floor", "round", "abs", "clamp_min", "clamp_max");
  private static final Set<String> SETS = Set.of("and", "or", "unless");

  private final KnownSeries known;

  PromCheck(KnownSeries known) {
    this.known = known;
  }

  /**
   * Labels of what a query returns.
   *
   * @throws IllegalArgumentException where it could not return what it means to
   */
  Set<String> labelsOf(String query) {
    try {
      Result result = of(PromParser.parse(query));
      if (result.kind() == Kind.RANGE || result.kind() == Kind.TEXT) {
        throw new IllegalArgumentException("returns no values but a " + result.kind());
      }
      return result.labels();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", in " + query, e);
    }
  }

  private Result of(PromExpr expr) {
    return switch (expr) {
      case PromExpr.Number n -> Result.SCALAR;
      case PromExpr.Text t -> new Result(Kind.TEXT, Set.of(), false);
      case PromExpr.Selector s -> selector(s);
      case PromExpr.Call c -> call(c);
      case PromExpr.Aggregate a -> aggregate(a);
      case PromExpr.Binary b -> binary(b);
    };
  }

  private Result selector(PromExpr.Selector selector) {
    KnownSeries.Series series = known.named(selector.name());
    for (PromExpr.Matcher matcher : selector.matchers()) {
      Set<String> values = series.labels().get(matcher.label());
      if (values == null) {
        throw new IllegalArgumentException(
            selector.name() + " has no label " + matcher.label() + ", but " + series.labels());
      }
      checkValue(matcher, values);
    }
    Kind kind = selector.isRange() ? Kind.RANGE : Kind.VECTOR;
    return new Result(kind, series.labels().keySet(), series.isCounter());
  }

  private static void checkValue(PromExpr.Matcher matcher, Set<String> values) {
    List<String> wanted =
        matcher.op().endsWith("~")
            ? List.of(matcher.value().split("\\|"))
            : List.of(matcher.value());
    for (String value : wanted) {
      Pattern pattern = Pattern.compile(matcher.op().endsWith("~") ? value : Pattern.quote(value));
      if (!values.isEmpty() && values.stream().noneMatch(pattern.asMatchPredicate())) {
        throw new IllegalArgumentException(
            "label %s never has the value %s, but %s".formatted(matcher.label(), value, values));
      }
    }
  }

  private Result call(PromExpr.Call call) {
    String name = call.function();
    List<PromExpr> given = call.arguments();
    if (name.equals("time") && given.isEmpty()) {
      return Result.SCALAR;
    }
    if (GROWTH.contains(name) || OVER_TIME.contains(name)) {
      Result range = argument(name, given.getFirst(), Kind.RANGE);
      if (GROWTH.contains(name) != range.isCounter()) {
        throw new IllegalArgumentException(
            name + (range.isCounter() ? " of a counter" : " of what is no counter"));
      }
      return Result.vector(range.labels());
    }
    if (SAME_LABELS.contains(name)) {
      return Result.vector(argument(name, given.getFirst(), Kind.VECTOR).labels());
    }
    return switch (name) {
      case "vector" -> vector(argument(name, given.getFirst(), Kind.SCALAR));
      case "scalar" -> {
        argument(name, given.getFirst(), Kind.VECTOR);
        yield Result.SCALAR;
      }
      case "histogram_quantile" -> quantile(argument(name, given.get(1), Kind.VECTOR).labels());
      case "absent" -> absent(given.getFirst());
      default -> throw new IllegalArgumentException("unknown function " + name);
    };
  }

  private Result argument(String function, PromExpr given, Kind wanted) {
    Result result = of(given);
    if (result.kind() != wanted) {
      throw new IllegalArgumentException(
          function + " expects a " + wanted + ", found a " + result.kind());
    }
    return result;
  }

  private static Result vector(Result scalar) {
    return Result.vector(scalar.labels());
  }

  private static Result quantile(Set<String> labels) {
    if (!labels.contains("le")) {
      throw new IllegalArgumentException("histogram_quantile of what has no label le");
    }
    return Result.vector(without(labels, Set.of("le")));
  }

  private Result absent(PromExpr given) {
    argument("absent", given, Kind.VECTOR);
    return Result.vector(
        given instanceof PromExpr.Selector selector
            ? selector.matchers().stream()
                .filter(m -> m.op().equals("="))
                .map(PromExpr.Matcher::label)
                .collect(Collectors.toSet())
            : Set.of());
  }

  private Result aggregate(PromExpr.Aggregate aggregate) {
    Result result = argument(aggregate.op(), aggregate.arguments().getLast(), Kind.VECTOR);
    if (aggregate.op().endsWith("k")) {
      return result;
    }
    return Result.vector(
        aggregate.grouping().map(g -> chosen(g, result.labels(), "by")).orElse(Set.of()));
  }

  /** Labels that stay: those named, or, where the word is the opposite one, all others. */
  private static Set<String> chosen(PromExpr.Labels given, Set<String> there, String choosing) {
    for (String name : given.names()) {
      if (!there.contains(name)) {
        throw new IllegalArgumentException(
            "%s (%s): there is no such label among %s".formatted(given.word(), name, there));
      }
    }
    Set<String> named = new TreeSet<>(given.names());
    return given.word().equals(choosing) ? named : without(there, named);
  }

  private Result binary(PromExpr.Binary binary) {
    Result left = of(binary.left());
    Result right = of(binary.right());
    if (left.kind() == Kind.SCALAR && right.kind() == Kind.SCALAR) {
      return Result.SCALAR;
    }
    if (left.kind() == Kind.SCALAR || right.kind() == Kind.SCALAR) {
      if (SETS.contains(binary.op())) {
        throw new IllegalArgumentException(binary.op() + " of a single number");
      }
      return Result.vector(left.kind() == Kind.SCALAR ? right.labels() : left.labels());
    }
    if (left.kind() != Kind.VECTOR || right.kind() != Kind.VECTOR) {
      throw new IllegalArgumentException(
          binary.op() + " of a " + left.kind() + " and a " + right.kind());
    }
    return matched(binary.op(), binary.matching(), left.labels(), right.labels());
  }

  private static Result matched(
      String op, Optional<PromExpr.Labels> matching, Set<String> left, Set<String> right) {
    Set<String> leftKey = matching.map(m -> chosen(m, left, "on")).orElse(left);
    Set<String> rightKey = matching.map(m -> chosen(m, right, "on")).orElse(right);
    if (op.equals("or")) {
      Set<String> union = new TreeSet<>(left);
      union.addAll(right);
      return Result.vector(union);
    }
    if (!leftKey.equals(rightKey)) {
      throw new IllegalArgumentException(
          "sides of %s never match: %s and %s".formatted(op, Map.of("left", left), right));
    }
    return Result.vector(SETS.contains(op) ? left : leftKey);
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
