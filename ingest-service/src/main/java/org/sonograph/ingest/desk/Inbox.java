package org.sonograph.ingest.desk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.IngestResult;
import org.sonograph.ingest.recipe.Recipe;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;

/**
 * A watched folder. A file that has not changed for a moment is taken in; it is then moved to
 * {@code done}, or to {@code rejected} with a text beside it that says why. Without a seed in the
 * recipe, each file's bytes are its seed, so that a file met again after a crash is the same take.
 */
public final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
  private static final String DONE = "done";
  private static final String REJECTED = "rejected";
  private static final List<String> UNFINISHED =
      List.of(".part", ".partial", ".tmp", ".crdownload");
  private static final int HEX_DIGITS_OF_SEED = 15;

  private record Seen(IdentifiedSource.Stamp stamp, long sinceNanos) {}

  private final Path folder;
  private final Duration quiet;
  private final Ingest ingest;
  private final TakeDesk desk;
  private final Recipe recipe;
  private final Map<Path, Seen> waiting = new HashMap<>();
  private final Map<Path, String> submitted = new HashMap<>();
  private volatile Optional<String> trouble = Optional.empty();

  /** What a folder's files are given to. */
  public record Destination(Ingest ingest, TakeDesk desk, Recipe recipe) {}

  /**
   * Watches a folder.
   *
   * @param quiet time without a change after which a file counts as complete
   */
  public Inbox(Path folder, Duration quiet, Destination to) {
    this.folder = folder;
    this.quiet = quiet;
    this.ingest = to.ingest();
    this.desk = to.desk();
    this.recipe = to.recipe();
  }

  /** Looks once; called again and again, with the time as {@link System#nanoTime} gives it. */
  public synchronized void look(long nowNanos) {
    try {
      Files.createDirectories(folder);
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(Inbox::isCandidate).sorted().toList();
      }
      waiting.keySet().retainAll(files);
      for (Path file : files) {
        look(file, nowNanos);
      }
      trouble = Optional.empty();
    } catch (IOException e) {
      String message = "inbox " + folder + " cannot be read: " + e.getMessage();
      if (trouble.isEmpty()) {
        LOG.warn("{}", message);
      }
      trouble = Optional.of(message);
    }
  }

  /** Why the folder cannot be watched now. */
  public Optional<String> trouble() {
    return trouble;
  }

  private void look(Path file, long nowNanos) throws IOException {
    if (submitted.containsKey(file)) {
      return;
    }
    IdentifiedSource.Stamp stamp = IdentifiedSource.Stamp.of(file);
    Seen seen = waiting.get(file);
    if (seen == null || !seen.stamp().equals(stamp)) {
      waiting.put(file, new Seen(stamp, nowNanos));
    } else if (nowNanos - seen.sinceNanos() >= quiet.toNanos()) {
      waiting.remove(file);
      submit(file);
    }
  }

  private void submit(Path file) throws IOException {
    try {
      IdentifiedSource source = ingest.identify(SourceFile.of(file));
      long seed =
          recipe.seed().orElse(Long.parseLong(source.id().substring(0, HEX_DIGITS_OF_SEED), 16));
      submitted.put(file, source.id());
      desk.submit(source, recipe.order(seed), result -> finished(file, result));
    } catch (UnreadableSoundException e) {
      LOG.warn("{}", e.getMessage());
      reject(file, e.getMessage());
    }
  }

  private synchronized void finished(Path file, IngestResult result) {
    try {
      switch (result.outcome()) {
        case SENT, ALREADY_SENT -> move(file, DONE);
        case INCOMPLETE -> {
          Path moved = move(file, DONE);
          Files.writeString(beside(moved), result.message() + "\n");
        }
        case TOO_SHORT, REFUSED -> reject(file, result.message());
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be moved out of the inbox: {}", file, e.getMessage());
      return; // it stays noted as submitted, so it is not taken in over and over
    }
    submitted.remove(file);
  }

  private void reject(Path file, String why) throws IOException {
    Path moved = move(file, REJECTED);
    Files.writeString(beside(moved), why + "\n");
  }

  /** Moves a file into a folder of the inbox, under a name that is free there. */
  private Path move(Path file, String where) throws IOException {
    Path target = Files.createDirectories(folder.resolve(where));
    String name = file.getFileName().toString();
    Path free = target.resolve(name);
    for (int i = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
      int dot = name.lastIndexOf('.');
      free =
          target.resolve(
              dot > 0
                  ? name.substring(0, dot) + " (" + i + ")" + name.substring(dot)
                  : name + " (" + i + ")");
    }
    return Files.move(file, free);
  }

  private static Path beside(Path moved) {
    return moved.resolveSibling(moved.getFileName() + ".txt");
  }

  private static boolean isCandidate(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".")
        && Files.isRegularFile(file)
        && UNFINISHED.stream().noneMatch(name::endsWith);
  }
}
