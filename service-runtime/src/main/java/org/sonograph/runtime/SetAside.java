package org.sonograph.runtime;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.files.FolderTree;

/**
 * Puts files and folders that cannot be used out of the way under a dated name, so that a new one
 * can be begun: {@code kafka.set-aside-2026-11-29T12-00-00}. The newest of each name stay.
 */
public final class SetAside {
  /** Of one file or folder so many are left. */
  static final int KEPT = 2;

  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
  private static final String MARK = ".set-aside-";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");
  private static final Pattern NAME = Pattern.compile(".+\\.set-aside-[\\dT-]{19}(-\\d+)?");
  private static final int DEPTH = 4;
  private static final int MOST_TOLD = 1000;
  private static final List<Entry> OF_PROCESS = new CopyOnWriteArrayList<>();

  private SetAside() {}

  /**
   * Something that was set aside.
   *
   * @param path where it lies now
   * @param reason why, in one line
   */
  public record Entry(Path path, String reason) {
    /** Both, in one line. */
    public String text() {
      return "set aside: " + path + " (" + reason + ")";
    }
  }

  /** Sets a file or folder aside, and removes all but the newest that were before. */
  public static Entry move(Path what, String reason) throws IOException {
    return move(what, reason, Clock.systemDefaultZone());
  }

  static Entry move(Path what, String reason, Clock clock) throws IOException {
    String stem =
        what.getFileName()
            + MARK
            + TIME.format(LocalDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS));
    Path free = what.resolveSibling(stem);
    for (int i = 2; Files.exists(free); i++) {
      free = what.resolveSibling(stem + "-" + i);
    }
    Files.move(what, free);
    Entry entry = new Entry(free, reason.lines().findFirst().orElse("").strip());
    LOG.warn("{}", entry.text());
    if (OF_PROCESS.size() < MOST_TOLD) {
      OF_PROCESS.add(entry);
    }
    prune(what);
    return entry;
  }

  /** What this process has set aside so far, in order. */
  public static List<Entry> ofProcess() {
    return List.copyOf(OF_PROCESS);
  }

  /** Whether a name is that of something set aside. */
  public static boolean isName(Path path) {
    return NAME.matcher(path.getFileName().toString()).matches();
  }

  /** What lies in a folder and was set aside there, in order of the names. */
  public static List<Path> in(Path folder) throws IOException {
    List<Path> found = new CopyOnWriteArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    Files.walkFileTree(
        folder,
        java.util.Set.of(),
        DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            return isFound(at) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes) {
            isFound(at);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path at, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          private boolean isFound(Path at) {
            boolean isOne = isName(at);
            if (isOne) {
              found.add(at);
            }
            return isOne;
          }
        });
    return found.stream().sorted().toList();
  }

  private static void prune(Path what) throws IOException {
    List<Path> all;
    try (Stream<Path> beside = Files.list(what.toAbsolutePath().getParent())) {
      all =
          beside
              .filter(SetAside::isName)
              .filter(path -> path.getFileName().toString().startsWith(what.getFileName() + MARK))
              .sorted(Comparator.comparing(Path::getFileName))
              .toList();
    }
    for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      FolderTree.remove(old);
      LOG.info("removed, since newer ones are there: {}", old);
    }
  }
}
