package org.sonograph.gallery;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of the folders below the collector's own: safe on every file system, never one take inside
 * another, and never two that differ in the case of letters alone.
 */
final class FolderNames {
  /** Deepest tree; what is deeper becomes one name. */
  static final int MOST_LEVELS = 16;

  private static final int SHORT_ID_CHARS = 6;
  private static final String NAMELESS = "_";
  private static final String SEPARATOR = "/";

  private final Path out;
  private final Map<String, Path> branches = new HashMap<>();
  private final Set<String> takes = new HashSet<>();

  FolderNames(Path out) {
    this.out = out;
  }

  /** Notes the folder of a take, and those it lies in. */
  void add(Path folder) {
    takes.add(folded(folder));
    for (Path branch = folder.getParent();
        branch != null && !branch.equals(out) && branch.startsWith(out);
        branch = branch.getParent()) {
      if (branches.putIfAbsent(folded(branch), branch) != null) {
        break;
      }
    }
  }

  /** Forgets the folder of a take that is no more. */
  void remove(Path folder) {
    takes.remove(folded(folder));
  }

  /** Whether no take and no branch of the tree has that name, in whatever case. */
  boolean isFree(Path folder) {
    String name = folded(folder);
    return !takes.contains(name) && !branches.containsKey(name);
  }

  /**
   * Folders that a take may have, the wished one first; those they lie in are made.
   *
   * @param wish folders and name between slashes, as {@code Place} has it; "" = called as the
   *     source
   */
  List<Path> candidates(String take, String source, String wish) throws IOException {
    List<String> parts = new ArrayList<>(List.of(wish.split(SEPARATOR, -1)));
    String last = parts.removeLast();
    parts.removeIf(String::isBlank);
    String name = last.isBlank() ? SafeName.ofSource(source, take) : SafeName.of(last, take);
    String shortId = take.substring(0, Math.min(SHORT_ID_CHARS, take.length()));
    Path parent = branch(bounded(parts));
    return List.of(
        parent.resolve(name),
        parent.resolve(name + "-" + shortId),
        parent.resolve(name + "-" + take));
  }

  private static List<String> bounded(List<String> parts) {
    if (parts.size() <= MOST_LEVELS) {
      return parts;
    }
    List<String> bounded = new ArrayList<>(parts.subList(0, MOST_LEVELS - 1));
    bounded.add(String.join(NAMELESS, parts.subList(MOST_LEVELS - 1, parts.size())));
    return bounded;
  }

  private Path branch(List<String> parts) throws IOException {
    Path folder = out;
    for (String part : parts) {
      folder = branch(folder, SafeName.of(part, NAMELESS));
    }
    return folder;
  }

  /** The folder of that name, or where something else has it, the next free one. */
  private Path branch(Path parent, String name) throws IOException {
    for (int n = 1; ; n++) {
      Path wanted = parent.resolve(n == 1 ? name : name + "-" + n);
      Path known = branches.get(folded(wanted));
      if (known != null) {
        return known;
      }
      if (!takes.contains(folded(wanted)) && isMade(wanted)) {
        branches.put(folded(wanted), wanted);
        return wanted;
      }
    }
  }

  private static boolean isMade(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      DurableFiles.forceFolder(folder.getParent());
      return true;
    } catch (FileAlreadyExistsException e) {
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private String folded(Path folder) {
    String path = out.relativize(folder).toString().replace('\\', '/');
    return Normalizer.normalize(path, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
