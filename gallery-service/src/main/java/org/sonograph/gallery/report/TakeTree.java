package org.sonograph.gallery.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the folders of takes below a folder, however deep; hidden ones, and what lies in a take's,
 * are not looked at. Asked again, it reads only folders in which something came or went since.
 *
 * <p>For one thread.
 */
public final class TakeTree {
  private static final int MOST_LEVELS = 64;

  /** A folder that changed so recently may change again without a new time, ms. */
  private static final long SETTLED_MS = 2000;

  private final Path root;
  private final Map<Path, Level> levels = new HashMap<>();
  private final Set<Path> known = new HashSet<>();

  /** A folder that is no take's, as it was last seen. */
  private record Level(FileTime modified, boolean isSettled, List<Path> children) {}

  /** The takes below a folder. */
  public TakeTree(Path root) {
    this.root = root;
  }

  /**
   * Their folders, folder by folder; none where there is no such folder.
   *
   * @throws IOException where one cannot be read
   */
  public List<Path> takes() throws IOException {
    List<Path> takes = new ArrayList<>();
    visit(root, 0, takes);
    return takes;
  }

  private void visit(Path folder, int depth, List<Path> takes) throws IOException {
    for (Path child : level(folder).children()) {
      if (isTake(child)) {
        takes.add(child);
      } else if (depth < MOST_LEVELS) {
        visit(child, depth + 1, takes);
      }
    }
  }

  /** A folder that has become a take's stays one until its parent changes. */
  private boolean isTake(Path folder) {
    if (known.contains(folder)) {
      return true;
    }
    boolean isTake = Files.isRegularFile(folder.resolve(TrackFile.NAME), LinkOption.NOFOLLOW_LINKS);
    if (isTake) {
      known.add(folder);
      levels.remove(folder);
    }
    return isTake;
  }

  private Level level(Path folder) throws IOException {
    try {
      FileTime modified = Files.getLastModifiedTime(folder);
      Level before = levels.get(folder);
      if (before != null && before.isSettled() && before.modified().equals(modified)) {
        return before;
      }
      boolean isSettled = System.currentTimeMillis() - modified.toMillis() > SETTLED_MS;
      Level now = new Level(modified, isSettled, children(folder));
      if (before != null) {
        Set<Path> gone = new HashSet<>(before.children());
        now.children().forEach(gone::remove);
        known.removeAll(gone);
      }
      levels.put(folder, now);
      return now;
    } catch (NoSuchFileException | NotDirectoryException e) {
      levels.remove(folder);
      return new Level(FileTime.fromMillis(0), false, List.of());
    }
  }

  private List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> !child.getFileName().toString().startsWith("."))
          .filter(child -> known.contains(child) || isFolder(child))
          .sorted()
          .toList();
    }
  }

  /** A link to a take's folder is one as well; any other link might lead back. */
  private static boolean isFolder(Path child) {
    return Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
        || Files.isRegularFile(child.resolve(TrackFile.NAME));
  }
}
