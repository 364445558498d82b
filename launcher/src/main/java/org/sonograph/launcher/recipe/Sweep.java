package org.sonograph.launcher.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Options that take several values in one run: every combination is a take of its own.
 *
 * @param axes the options, in the order in which they were named; none = nothing is swept
 * @param seeds how many seeds each combination is made with, counting up
 */
public record Sweep(List<Axis> axes, int seeds) {
  /** Name of the axis along which seeds count up. */
  public static final String SEED = "seed";

  private static final int MOST_SEEDS = 100;
  private static final int MOST_TAKES = 1000;

  /** What would not make another take of a sound, or would need another worker for each. */
  private static final Set<String> UNSWEPT = Set.of(SEED, "format", "lean", "model", "safety");

  /**
   * One option and its values.
   *
   * @param name without dashes
   * @param values as typed
   */
  public record Axis(String name, List<String> values) {
    public Axis {
      values = List.copyOf(values);
    }
  }

  /**
   * One combination.
   *
   * @param values its value on every axis but the seeds', by name
   * @param options all its options
   */
  public record Combination(SequencedMap<String, String> values, OptionList options) {}

  public Sweep {
    axes = List.copyOf(axes);
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new IllegalArgumentException(
          "--seeds=%d, expected 1 to %d".formatted(seeds, MOST_SEEDS));
    }
    long takes = seeds;
    for (Axis axis : axes) {
      takes *= axis.values().size();
      if (takes > MOST_TAKES) {
        throw new IllegalArgumentException(
            "--sweep: more than %d takes of each sound, expected fewer values"
                .formatted(MOST_TAKES));
      }
    }
  }

  /** Names of the options that can be swept. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>(OptionList.names());
    names.removeAll(UNSWEPT);
    return names;
  }

  /**
   * Reads {@code name=value,value}; with a bar in it, values are what bars divide, so that they may
   * hold commas: {@code prompt=ink, cold light|autumn fire}.
   *
   * @throws IllegalArgumentException if an option cannot be swept, or has less than two values
   */
  public static Sweep parse(List<String> texts, int seeds) {
    List<Axis> axes = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      if (!names().contains(name)) {
        throw new IllegalArgumentException(
            "--sweep=%s: %s cannot be swept, expected one of %s%s"
                .formatted(
                    text,
                    name,
                    String.join(", ", names()),
                    name.equals(SEED) ? "; --seeds N takes N seeds" : ""));
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException("--sweep: " + name + " is swept twice");
      }
      axes.add(new Axis(name, values(text, equals)));
    }
    return new Sweep(axes, seeds);
  }

  private static List<String> values(String text, int equals) {
    String all = equals < 0 ? "" : text.substring(equals + 1);
    List<String> values =
        Arrays.stream(all.split(all.contains("|") ? "\\|" : ",", -1)).map(String::strip).toList();
    if (values.size() < 2
        || values.contains("")
        || values.stream().distinct().count() < values.size()) {
      throw new IllegalArgumentException(
          "--sweep=%s, expected name=value,value with two values or more, each another (name=value|value where values hold commas)"
              .formatted(text));
    }
    return values;
  }

  /** Whether there is more than one take of a sound. */
  public boolean isSeveral() {
    return !axes.isEmpty() || seeds > 1;
  }

  /** The axes with that of the seeds at the end, where it has several. */
  public List<Axis> allAxes(long firstSeed) {
    List<Axis> all = new ArrayList<>(axes);
    if (seeds > 1) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < seeds; i++) {
        values.add(Long.toString(firstSeed + i));
      }
      all.add(new Axis(SEED, values));
    }
    return all;
  }

  /** All combinations over the other options, the last axis running fastest. */
  public List<Combination> over(OptionList others) {
    List<Combination> all = List.of(new Combination(new LinkedHashMap<>(), others));
    for (Axis axis : axes) {
      List<Combination> longer = new ArrayList<>();
      for (Combination before : all) {
        for (String value : axis.values()) {
          SequencedMap<String, String> values = new LinkedHashMap<>(before.values());
          values.put(axis.name(), value);
          longer.add(new Combination(values, before.options().with(axis.name(), value)));
        }
      }
      all = longer;
    }
    return all;
  }

  /** As typed, for comparison with an earlier run. */
  public String text() {
    return axes.stream()
            .map(axis -> axis.name() + "=" + String.join("|", axis.values()))
            .collect(Collectors.joining(" "))
        + (seeds > 1 ? " seeds=" + seeds : "");
  }

  /** The value on each axis as words: {@code strength=0.3 guidance=2}. */
  public static String label(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }
}
