package org.sonograph.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** Turns what was named (files, folders, patterns, "-" for standard input) into files, in order. */
public final class SourceFiles {
  /** Names standard input. */
  public static final String STANDARD_INPUT = "-";

  /** What commonly lies beside sound in a folder; an explicitly named file is always tried. */
  private static final Set<String> COMPANIONS =
      Set.of(
          "jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "svg", "pdf", "cue", "log",
          "nfo", "sfv", "md5", "sha256", "ini", "db", "json", "lrc");

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
        if (isPattern(input)) {
          entries.addAll(glob(input));
        } else {
          expand(Path.of(input), entries);
        }
      } catch (InvalidPathException e) {
        entries.add(problem(input, "is no name a file can have here"));
      }
    }
    return entries;
  }

  /** Whether an input is no name but a pattern such as {@code recordings/**&#47;*.wav}. */
  public static boolean isPattern(String input) {
    return Glob.isPattern(input);
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
    FolderWalk walk = FolderWalk.of(folder, file -> !isCompanion(file));
    List<SourceEntry> entries = found(walk, folder);
    if (walk.skipped() > 0) {
      entries.add(new SourceEntry.Skipped(SafeName.of(folder.toString()), walk.skipped()));
    }
    if (entries.isEmpty() || walk.isEmpty()) {
      entries.add(problem(folder.toString(), "is a folder without any sound file"));
    }
    return entries;
  }

  /** Files that fit a pattern are tried whatever they are called. */
  private static List<SourceEntry> glob(String pattern) {
    Glob glob;
    try {
      glob = Glob.of(pattern);
    } catch (PatternSyntaxException e) {
      return List.of(problem(pattern, "is no pattern: " + e.getDescription()));
    }
    if (!Files.isDirectory(glob.root())) {
      return List.of(problem(pattern, "fits no file: " + glob.root() + " is no folder"));
    }
    FolderWalk walk = FolderWalk.of(glob.root(), glob::fits);
    List<SourceEntry> entries = found(walk, glob.root());
    if (walk.isEmpty()) {
      entries.add(problem(pattern, "fits no file"));
    }
    return entries;
  }

  private static List<SourceEntry> found(FolderWalk walk, Path root) {
    List<SourceEntry> entries = new ArrayList<>();
    walk.files().forEach(f -> entries.add(new SourceEntry.Found(SourceFile.below(root, f))));
    walk.problems().forEach((file, why) -> entries.add(problem(file, why)));
    return entries;
  }

  private static boolean isCompanion(Path path) {
    return isCompanion(path.getFileName().toString());
  }

  /** Whether a file of that name commonly lies beside sound and is none. */
  public static boolean isCompanion(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return COMPANIONS.contains(extension);
  }

  private static SourceEntry problem(String name, String what) {
    return new SourceEntry.Problem(name, SafeName.of(name) + " " + what);
  }
}
