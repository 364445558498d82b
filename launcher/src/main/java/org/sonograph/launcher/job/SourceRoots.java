package org.sonograph.launcher.job;

import java.util.Arrays;
import java.util.List;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.ingest.source.SourceFiles;

/**
 * Where the tree of an archive begins: at the folder that was named, at the folder that all files
 * of a list share, or where several folders are named, one above each.
 */
public final class SourceRoots {
  private static final String SEPARATOR = "/";

  private final List<String> inputs;
  private final List<String> shared;

  private SourceRoots(List<String> inputs, List<String> shared) {
    this.inputs = inputs;
    this.shared = shared;
  }

  /** Of inputs on the command line. */
  public static SourceRoots ofInputs(List<String> inputs) {
    return new SourceRoots(inputs, List.of());
  }

  /** Of the files of a list. */
  public static SourceRoots ofFiles(List<String> files) {
    List<String> shared = null;
    for (String file : files) {
      List<String> folders = folders(file);
      shared = shared == null ? folders : shared.subList(0, same(shared, folders));
    }
    return new SourceRoots(List.of(), shared == null ? List.of() : shared);
  }

  /**
   * The file with its folder below the root.
   *
   * @param input which of the inputs it is behind, from 0
   */
  public SourceFile placed(SourceFile file, int input) {
    if (inputs.isEmpty()) {
      List<String> folders = folders(file.givenPath());
      return file.in(
          String.join(SEPARATOR, folders.subList(same(shared, folders), folders.size())));
    }
    String given = inputs.get(input);
    if (inputs.size() == 1 || given.equals(file.givenPath())) {
      return file;
    }
    String name = nameOf(given);
    return file.in(file.folder().isEmpty() ? name : name + SEPARATOR + file.folder());
  }

  /** The last folder of an input in front of any pattern. */
  private static String nameOf(String input) {
    String[] parts = input.split(SEPARATOR);
    int last = parts.length - 1;
    for (int i = 0; SourceFiles.isPattern(input) && i < parts.length; i++) {
      if (parts[i].matches(".*[*?\\[{].*")) {
        last = i - 1;
        break;
      }
    }
    return last < 0 ? "" : parts[last];
  }

  private static List<String> folders(String file) {
    String[] parts = file.replace('\\', '/').split(SEPARATOR);
    return Arrays.asList(parts).subList(0, parts.length - 1);
  }

  private static int same(List<String> a, List<String> b) {
    int n = 0;
    while (n < Math.min(a.size(), b.size()) && a.get(n).equals(b.get(n))) {
      n++;
    }
    return n;
  }
}
