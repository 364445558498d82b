package org.sonograph.runtime.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Refuses names that nothing reads, so a misspelt setting is never silently ignored. */
final class KnownNames {
  /**
   * Parts that other processes of a job read; a file or environment shared with them is no mistake.
   */
  private static final Set<String> PARTS =
      Set.of("ingest", "ffmpeg", "spectrogram", "diffusion", "decoder", "gallery", "launcher");

  /** Variables that are no settings. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          Settings.FILE_VARIABLE,
          "SONOGRAPH_BUILD",
          "SONOGRAPH_HOME",
          "SONOGRAPH_JAVA",
          "SONOGRAPH_JAVA_OPTS",
          "SONOGRAPH_DATA");

  private final Set<String> names;
  private final Set<String> foreignParts;

  KnownNames(List<SettingsTable.Row> rows, List<Class<?>> own) {
    names =
        rows.stream().map(SettingsTable.Row::name).collect(Collectors.toCollection(TreeSet::new));
    foreignParts = new TreeSet<>(PARTS);
    rows.forEach(r -> foreignParts.remove(partOf(r.name())));
  }

  void requireSetting(String name, String where) {
    if (!names.contains(name)
        && !foreignParts.contains(partOf(name))
        && !PassThrough.allows(name)) {
      throw new SettingsException("unknown setting (" + where + ")" + advice(name, names));
    }
  }

  void requireVariable(String variable) {
    Collection<String> variables =
        names.stream()
            .map(SettingsTable::variableOf)
            .collect(Collectors.toCollection(TreeSet::new));
    boolean known =
        variables.contains(variable)
            || OTHER_VARIABLES.contains(variable)
            || foreignParts.stream()
                .anyMatch(
                    p -> variable.startsWith(SettingsTable.variableOf(Settings.PREFIX + p + ".")))
            || PassThrough.allowsVariable(variable);
    if (!known) {
      throw new SettingsException(
          "unknown setting (environment variable " + variable + ")" + advice(variable, variables));
    }
  }

  private static String partOf(String name) {
    String rest =
        name.startsWith(Settings.PREFIX) ? name.substring(Settings.PREFIX.length()) : name;
    return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : "";
  }

  private static String advice(String name, Collection<String> known) {
    if (PassThrough.isPassThrough(name)) {
      return ": that client property may not be set from outside";
    }
    return known.stream()
        .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
        .filter(best -> distance(name, best) <= Math.max(3, name.length() / 4))
        .map(best -> ": did you mean " + best + "?")
        .orElse(": known are " + String.join(", ", known));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
