package org.sonograph.ingest.recipe;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Named values as a client gave them; reads each as what it should be. */
record Options(Map<String, List<String>> values) {

  /** Refuses names that nothing reads. */
  void requireOnly(Set<String> known) {
    for (String name : new TreeSet<>(values.keySet())) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "unknown option '"
                + name
                + "', expected one of "
                + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  List<String> all(String name, List<String> otherwise) {
    List<String> given = values.getOrDefault(name, List.of());
    return given.isEmpty() ? otherwise : given;
  }

  String text(String name, String otherwise) {
    List<String> given = values.getOrDefault(name, List.of());
    if (given.size() > 1) {
      throw new IllegalArgumentException(name + " is given " + given.size() + " times");
    }
    return given.isEmpty() ? otherwise : given.getFirst();
  }

  double number(String name, double otherwise) {
    String given = text(name, "");
    try {
      double value = given.isEmpty() ? otherwise : Double.parseDouble(given);
      if (!Double.isFinite(value)) {
        throw new NumberFormatException();
      }
      return value;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + "=" + given + ", expected a number");
    }
  }

  double number(String name, double otherwise, double low, double high) {
    double value = number(name, otherwise);
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "%s=%s, expected %s to %s".formatted(name, value, low, high));
    }
    return value;
  }

  long whole(String name, long otherwise, long low, long high) {
    String given = text(name, "");
    try {
      long value = given.isEmpty() ? otherwise : Long.parseLong(given);
      if (value < low || value > high) {
        throw new IllegalArgumentException(
            "%s=%s, expected %d to %d".formatted(name, given, low, high));
      }
      return value;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + "=" + given + ", expected a whole number");
    }
  }

  String oneOf(String name, String otherwise, Set<String> allowed) {
    String value = text(name, otherwise);
    if (!allowed.contains(value)) {
      throw new IllegalArgumentException(
          name + "=" + value + ", expected one of " + String.join(", ", new TreeSet<>(allowed)));
    }
    return value;
  }
}
