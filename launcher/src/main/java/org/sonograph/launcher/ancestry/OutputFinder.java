package org.sonograph.launcher.ancestry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sonograph.gallery.report.Manifest;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.source.FileHash;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.job.OutFolder;
import org.sonograph.runtime.ffmpeg.FFmpeg;

/** Finds the take behind a sound: by the folder it lies in, or by what its tags say. */
public final class OutputFinder {
  /** Names under which FFmpeg shows the tag, by container. */
  private static final List<String> TAGS = List.of("sonograph", "source", "isrc");

  private static final Pattern ANCESTRY = Pattern.compile("take=(\\S+) source=(\\S+).*");

  private final List<Path> takes;
  private final FFmpeg ffmpeg;
  private final Map<Path, OutFolder> looked = new HashMap<>();

  /**
   * A finder.
   *
   * @param takes folders of takes, for sounds that were moved away from theirs
   */
  public OutputFinder(List<Path> takes, FFmpeg ffmpeg) {
    this.takes = List.copyOf(takes);
    this.ffmpeg = ffmpeg;
  }

  /**
   * The sounds behind a path: all of a take's folder, or the one that is named.
   *
   * @throws CommandFailure in one line, where there is none
   */
  public List<Output> find(Path given) {
    if (Files.notExists(given)) {
      throw new CommandFailure(ExitCode.NO_INPUT, given + ": no such file or folder");
    }
    try {
      return Files.isDirectory(given) ? all(MadeTake.in(given)) : List.of(one(given));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "%s %s".formatted(given, e.getMessage()), e);
    }
  }

  private static List<Output> all(MadeTake take) {
    return take.manifest().sounds().stream()
        .map(entry -> new Output(take.folder().resolve(entry.file()), entry, take))
        .toList();
  }

  private Output one(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (MadeTake.isIn(folder)) {
      MadeTake take = MadeTake.in(folder);
      Optional<Manifest.Entry> entry = named(take, file.getFileName().toString());
      if (entry.isPresent()) {
        return new Output(file, entry.get(), take);
      }
    }
    MadeTake take = tagged(file);
    String hash = FileHash.of(file);
    return take.manifest().sounds().stream()
        .filter(entry -> entry.sha256().equals(hash))
        .findFirst()
        .or(() -> named(take, file.getFileName().toString()))
        .map(entry -> new Output(file, entry, take))
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "%s: none of the sounds in %s: neither by its bytes nor by its name"
                        .formatted(file, take.folder())));
  }

  private static Optional<Manifest.Entry> named(MadeTake take, String name) {
    return take.manifest().sounds().stream().filter(e -> e.file().equals(name)).findFirst();
  }

  private MadeTake tagged(Path file) throws IOException {
    Map<String, String> tags = ffmpeg.probe(file).tags();
    Matcher said =
        TAGS.stream()
            .map(tag -> ANCESTRY.matcher(tags.getOrDefault(tag, "")))
            .filter(Matcher::matches)
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.BAD_INPUT,
                        file
                            + ": no sound of a take: it lies in no take's folder, and its tags name none"));
    for (Path folder : takes) {
      Optional<TrackFile> track =
          looked.computeIfAbsent(folder, OutputFinder::look).take(said.group(1));
      if (track.isPresent()) {
        return MadeTake.in(track.get().folder());
      }
    }
    throw new CommandFailure(
        ExitCode.NO_INPUT,
        "%s is of take %s, made of the sound with the SHA-256 %s: name the folder in which that take's folder lies with --takes"
            .formatted(file, said.group(1), said.group(2)));
  }

  private static OutFolder look(Path folder) {
    OutFolder out = new OutFolder(folder);
    out.refresh();
    return out;
  }
}
