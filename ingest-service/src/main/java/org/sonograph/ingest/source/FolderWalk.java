package org.sonograph.ingest.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * What lies below a folder, hidden files and folders left out.
 *
 * @param files those that are wanted, in natural order
 * @param problems what cannot be read, and why
 * @param skipped how many files are not wanted
 */
public record FolderWalk(List<Path> files, SequencedMap<String, String> problems, int skipped) {
  private static final int MOST_LEVELS = 64;
  private static final String UNREADABLE = "cannot be read: ";
  private static final String LINK_TO_NOTHING = "a link to nothing";

  /** Walks through all of it. */
  public static FolderWalk of(Path folder, Predicate<Path> wanted) {
    Visitor visitor = new Visitor(folder, wanted);
    try {
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MOST_LEVELS, visitor);
    } catch (IOException e) {
      visitor.problems.put(folder.toString(), unreadable(e));
    }
    visitor.files.sort(NaturalOrder.PATHS);
    return new FolderWalk(visitor.files, visitor.problems, visitor.skipped);
  }

  /** Whether there is neither a wanted file nor a problem. */
  boolean isEmpty() {
    return files.isEmpty() && problems.isEmpty();
  }

  private static String unreadable(IOException e) {
    return UNREADABLE
        + switch (e) {
          case AccessDeniedException denied -> "no permission";
          case FileSystemLoopException loop -> "a link leads back into its own folder";
          case NoSuchFileException gone -> LINK_TO_NOTHING;
          default -> e.getMessage();
        };
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Predicate<Path> wanted;
    private final List<Path> files = new ArrayList<>();
    private final SequencedMap<String, String> problems = new LinkedHashMap<>();
    private int skipped;

    private Visitor(Path folder, Predicate<Path> wanted) {
      this.folder = folder;
      this.wanted = wanted;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
      return !dir.equals(folder) && isHidden(dir)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isHidden(file) || !wanted.test(file)) {
        skipped++;
      } else if (attributes.isSymbolicLink()) {
        // links are followed, so one that still is one leads nowhere
        problems.put(file.toString(), UNREADABLE + LINK_TO_NOTHING);
      } else if (!attributes.isRegularFile()) {
        skipped++;
      } else {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      problems.put(file.toString(), unreadable(e));
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }
  }
}
