package org.sonograph.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns what was named (files, folders, "-" for standard input) into files, in order. */
public final class SourceFiles {
  /** Names standard input. */
  public static final String STANDARD_INPUT = "-";

  /** What commonly lies beside sound in a folder; an explicitly named file is always tried. */
  private static final Set<String> COMPANIONS =
      Set.of(
          "jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "svg", "pdf", "cue", "log",
          "nfo", "sfv", "md5", "sha256", "ini", "db", "json", "lrc");

  private static final int MOST_LEVELS = 64;

  private final Spool spool;

  public SourceFiles(Spool spool) {
    this.spool = spool;
  }

  /** Every file behind the inputs; folders recursively and in natural order. */
  public List<SourceEntry> expand(List<String> inputs, InputStream standardInput) {
    List<SourceEntry> entries = new ArrayList<>();
    for (String input : inputs) {
      if (input.equals(STANDARD_INPUT)) {
        entries.add(spooled(standardInput, "stdin", STANDARD_INPUT));
        continue;
      }
      try {
        expand(Path.of(input), entries);
      } catch (InvalidPathException e) {
        entries.add(problem(input, "is no name a file can have here"));
      }
    }
    return entries;
  }

  private void expand(Path given, List<SourceEntry> entries) {
    String shown = given.toString();
    if (Files.isDirectory(given)) {
      entries.addAll(folder(given));
    } else if (!Files.exists(given)) {
      entries.add(problem(shown, "does not exist"));
    } else if (!Files.isReadable(given)) {
      entries.add(problem(shown, "may not be read (no permission)"));
    } else if (Files.isRegularFile(given)) {
      entries.add(new SourceEntry.Found(SourceFile.of(given)));
    } else {
      entries.add(pipe(given));
    }
  }

  /** A pipe or a device is a stream, which containers that must seek need as a file. */
  private SourceEntry pipe(Path given) {
    try (InputStream stream = Files.newInputStream(given)) {
      return spooled(stream, given.getFileName().toString(), given.toString());
    } catch (IOException e) {
      return problem(given.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private SourceEntry spooled(InputStream stream, String name, String shown) {
    try {
      return new SourceEntry.Found(new SourceFile(spool.take(stream), shown, name));
    } catch (IOException e) {
      return problem(shown, "cannot be read: " + e.getMessage());
    }
  }

  private static List<SourceEntry> folder(Path folder) {
    List<Path> files = new ArrayList<>();
    List<SourceEntry> problems = new ArrayList<>();
    int[] skipped = {0};
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          MOST_LEVELS,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              return !dir.equals(folder) && isHidden(dir)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (isHidden(file) || isCompanion(file) || !attributes.isRegularFile()) {
                skipped[0]++;
              } else {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              problems.add(problem(file.toString(), "cannot be read: " + reason(e)));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      problems.add(problem(folder.toString(), "cannot be read: " + reason(e)));
    }
    List<SourceEntry> entries = new ArrayList<>();
    files.stream()
        .sorted(NaturalOrder.PATHS)
        .forEach(file -> entries.add(new SourceEntry.Found(SourceFile.of(file))));
    entries.addAll(problems);
    if (skipped[0] > 0) {
      entries.add(new SourceEntry.Skipped(SafeName.of(folder.toString()), skipped[0]));
    }
    if (files.isEmpty() && problems.isEmpty()) {
      entries.add(problem(folder.toString(), "is a folder without any sound file"));
    }
    return entries;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException denied -> "no permission";
      case java.nio.file.FileSystemLoopException loop -> "a link leads back into its own folder";
      case java.nio.file.NoSuchFileException gone -> "a link to nothing";
      default -> e.getMessage();
    };
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static boolean isCompanion(Path path) {
    String name = path.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return COMPANIONS.contains(extension);
  }

  private static SourceEntry problem(String name, String what) {
    return new SourceEntry.Problem(SafeName.of(name) + " " + what);
  }
}
