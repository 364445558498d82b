package org.sonograph.launcher.monitoring;

import java.util.List;
import java.util.Optional;

/** A query in Prometheus' language, read. */
sealed interface PromExpr {
  /** Which values of a label are wanted; {@code op} is one of {@code = != =~ !~}. */
  record Matcher(String label, String op, String value) {}

  /** {@code by} or {@code without}, {@code on} or {@code ignoring}, with their labels. */
  record Labels(String word, List<String> names) {}

  record Number(double value) implements PromExpr {}

  record Text(String value) implements PromExpr {}

  record Selector(String name, List<Matcher> matchers, boolean isRange) implements PromExpr {}

  record Call(String function, List<PromExpr> arguments) implements PromExpr {}

  record Aggregate(String op, Optional<Labels> grouping, List<PromExpr> arguments)
      implements PromExpr {}

  record Binary(String op, Optional<Labels> matching, PromExpr left, PromExpr right)
      implements PromExpr {}
}
