package org.sonograph.ingest.source;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of paths, as shells have them: {@code *} and {@code ?} within a name, {@code **} for
 * any number of folders, none as well, {@code [a-z]} and {@code {wav,flac}}.
 *
 * @param root the folders in front of the first part that is a pattern
 * @param patterns what is below; a file fits where one of them does
 */
record Glob(Path root, List<PathMatcher> patterns) {
  private static final String SPECIAL = "*?[{";
  private static final String ANY_FOLDERS = "**/";

  /** Whether it has a pattern in it, and is not the name of a file that has such a name. */
  static boolean isPattern(String text) {
    if (text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0)) {
      return false;
    }
    try {
      return !Files.exists(Path.of(text));
    } catch (InvalidPathException e) {
      return true;
    }
  }

  /**
   * Reads a pattern.
   *
   * @throws java.util.regex.PatternSyntaxException where it is none
   */
  static Glob of(String text) {
    int first = 0;
    while (SPECIAL.indexOf(text.charAt(first)) < 0) {
      first++;
    }
    int slash = text.lastIndexOf('/', first);
    Path root = Path.of(slash < 0 ? "" : text.substring(0, slash + 1));
    List<PathMatcher> patterns = new ArrayList<>();
    for (String pattern : withAndWithoutFolders(text.substring(slash + 1))) {
      patterns.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern));
    }
    return new Glob(root, patterns);
  }

  /** Java's {@code **}{@code /} stands for one folder at least, a shell's for none as well. */
  private static List<String> withAndWithoutFolders(String pattern) {
    int at = pattern.indexOf(ANY_FOLDERS);
    if (at < 0) {
      return List.of(pattern);
    }
    List<String> all = new ArrayList<>();
    for (String rest : withAndWithoutFolders(pattern.substring(at + ANY_FOLDERS.length()))) {
      all.add(pattern.substring(0, at) + ANY_FOLDERS + rest);
      all.add(pattern.substring(0, at) + rest);
    }
    return all;
  }

  /** Whether a file below the root fits. */
  boolean fits(Path file) {
    Path below = root.toString().isEmpty() ? file : root.relativize(file);
    return patterns.stream().anyMatch(pattern -> pattern.matches(below));
  }
}
