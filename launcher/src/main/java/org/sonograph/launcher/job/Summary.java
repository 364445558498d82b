package org.sonograph.launcher.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.s3.CopiedFiles;

/**
 * What became of a run.
 *
 * @param recipe how its takes were made
 * @param tracks its takes, in the order of the inputs
 * @param problems a line for each input that could not be used, or not whole
 * @param made by take, what was made of it once it was complete: mix, report, films
 * @param swept what else was made of a sweep
 */
public record Summary(
    Recipe recipe,
    List<TrackFile> tracks,
    List<String> problems,
    Map<String, List<Path>> made,
    Optional<Swept> swept) {
  /** A length that differs by less is the same to the ear, s. */
  private static final double SAME_SECONDS = 0.02;

  /**
   * How the takes of a run were made.
   *
   * @param seed seed of its takes, or the first of several
   * @param settings the one hash of its settings; "" where it is not known
   */
  public record Recipe(long seed, String settings) {}

  /**
   * What a sweep has beside its takes.
   *
   * @param pages a page for each sound
   * @param takes how each take was made, by its id
   */
  public record Swept(List<Path> pages, Map<String, SweptTake> takes) {
    public Swept {
      pages = List.copyOf(pages);
      takes = Map.copyOf(takes);
    }
  }

  /**
   * One take of a sweep.
   *
   * @param values the value of each swept option
   * @param command what makes it alone
   */
  public record SweptTake(SequencedMap<String, String> values, String command) {}

  /** Of a run that swept nothing. */
  public Summary(
      long seed, List<TrackFile> tracks, List<String> problems, Map<String, List<Path>> made) {
    this(new Recipe(seed, ""), tracks, problems, made, Optional.empty());
  }

  public Summary {
    tracks = List.copyOf(tracks);
    problems = List.copyOf(problems);
    made = Map.copyOf(made);
  }

  /** Of a run after which nothing further was made. */
  public Summary(long seed, List<TrackFile> tracks, List<String> problems) {
    this(seed, tracks, problems, Map.of());
  }

  /** What the process ends with: bad input outweighs a failed chunk. */
  public ExitCode exitCode() {
    if (!problems.isEmpty()) {
      return ExitCode.BAD_INPUT;
    }
    return hasFailures() ? ExitCode.FAILED : ExitCode.OK;
  }

  public boolean hasFailures() {
    return tracks.stream().anyMatch(TrackFile::isFailed);
  }

  /** The one file to open first. */
  public Optional<Path> openFirst() {
    Optional<Path> page = swept.flatMap(s -> s.pages().stream().findFirst());
    return page.or(this::firstSound);
  }

  private Optional<Path> firstSound() {
    return tracks.stream()
        .filter(t -> !t.files().isEmpty())
        .filter(t -> !CopiedFiles.isDropped(t.folder(), t.files().getFirst()))
        .findFirst()
        .map(t -> t.folder().resolve(t.files().getFirst()));
  }

  /** Lines for a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (TrackFile track : tracks) {
      for (TrackFile.Heard heard : track.readings()) {
        differs(track, heard).ifPresent(lines::add);
      }
      track.notes().forEach(note -> lines.add(track.folder().getFileName() + ": " + note));
      track.failures().forEach(f -> lines.add(track.folder().getFileName() + ": silence, " + f));
    }
    openFirst().ifPresent(file -> lines.add("open first: " + file));
    return lines;
  }

  private static Optional<String> differs(TrackFile track, TrackFile.Heard heard) {
    double source = track.sourceSeconds();
    if (source == 0 || Math.abs(heard.seconds() - source) < SAME_SECONDS) {
      return Optional.empty();
    }
    return Optional.of(
        "%s/%s is %.1f s, %s than its source of %.1f s"
            .formatted(
                track.folder().getFileName(),
                heard.file(),
                heard.seconds(),
                heard.seconds() < source ? "shorter" : "longer",
                source));
  }

  /** The same for a program, on one line. */
  public String json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("seed", recipe.seed());
    root.put("settings", recipe.settings());
    root.put("exit", exitCode().number());
    openFirst().ifPresent(file -> root.put("open", file.toString()));
    swept.ifPresent(s -> s.pages().forEach(page -> root.withArray("pages").add(page.toString())));
    ArrayNode takes = root.putArray("takes");
    tracks.forEach(track -> describe(track, takes.addObject()));
    ArrayNode errors = root.putArray("errors");
    problems.forEach(errors::add);
    return root.toString();
  }

  private void describe(TrackFile track, ObjectNode take) {
    take.put("take", track.take());
    take.put("source", track.sourceName());
    take.put("folder", track.folder().toString());
    take.put("state", track.state());
    take.put("pictures", track.totalChunks());
    take.put("sourceSeconds", track.sourceSeconds());
    ArrayNode readings = take.putArray("readings");
    track
        .readings()
        .forEach(
            h ->
                readings
                    .addObject()
                    .put("name", h.name())
                    .put("file", h.file())
                    .put("seconds", h.seconds()));
    ArrayNode further = take.putArray("made");
    made.getOrDefault(track.take(), List.of())
        .forEach(file -> further.add(file.getFileName().toString()));
    ArrayNode failures = take.putArray("failures");
    track.failures().forEach(failures::add);
    ArrayNode files = take.putArray("files");
    files(track.folder()).forEach(files::add);
    swept
        .map(s -> s.takes().get(track.take()))
        .ifPresent(
            own -> {
              own.values().forEach(take.putObject("values")::put);
              take.put("command", own.command());
            });
  }

  /** Everything in a take's folder, by its path there. */
  private static List<String> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(file -> !file.startsWith(".") && !file.endsWith(".partial"))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(ExitCode.CANNOT_WRITE, folder + ": cannot be read", e);
    }
  }
}
