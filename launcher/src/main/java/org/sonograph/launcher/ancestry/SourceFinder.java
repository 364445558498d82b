package org.sonograph.launcher.ancestry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.ingest.source.FileHash;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.schemas.SourceInfo;

/** Finds the sound a take was made of, by its hash, wherever it lies by now. */
public final class SourceFinder {
  private final List<Path> places;
  private final FFmpeg ffmpeg;
  private final Map<Path, String> hashes = new HashMap<>();

  /**
   * A finder.
   *
   * @param places files, and folders in whose depths to look, before the place the take names
   */
  public SourceFinder(List<Path> places, FFmpeg ffmpeg) {
    this.places = List.copyOf(places);
    this.ffmpeg = ffmpeg;
  }

  /**
   * The sound of a take, labelled as it was.
   *
   * @throws CommandFailure where it is not there (66), or what is there has other bytes (65)
   */
  public IdentifiedSource of(MadeTake take) {
    SourceInfo source = take.source();
    try {
      List<Path> candidates = candidates(take);
      for (Path candidate : candidates) {
        if (hash(candidate).equals(source.getId())) {
          return identified(candidate, source);
        }
      }
      Optional<Path> byHash = anywhere(source.getId());
      if (byHash.isPresent()) {
        return identified(byHash.get(), source);
      }
      throw missing(take, candidates);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s, source of take %s, cannot be read: %s"
              .formatted(source.getPath(), take.id(), e.getMessage()),
          e);
    }
  }

  private CommandFailure missing(MadeTake take, List<Path> candidates) throws IOException {
    String advice =
        "; where it lies elsewhere by now, name the file or a folder above it with --source";
    if (candidates.isEmpty()) {
      return new CommandFailure(
          ExitCode.NO_INPUT,
          "%s, source of take %s, is not there%s"
              .formatted(take.source().getPath(), take.id(), advice));
    }
    Path other = candidates.getFirst();
    return new CommandFailure(
        ExitCode.BAD_INPUT,
        "%s has the SHA-256 %s, take %s was made of one with %s: the file has changed%s"
            .formatted(other, hash(other), take.id(), take.source().getId(), advice));
  }

  /** Where it may well be: by its path, or by its name below a place that was named. */
  private List<Path> candidates(MadeTake take) throws IOException {
    String path = take.source().getPath();
    List<Path> all = new ArrayList<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        Stream.of(path, take.source().getName()).map(place::resolve).forEach(all::add);
        below(place).stream()
            .filter(file -> file.getFileName().toString().equals(take.source().getName()))
            .forEach(all::add);
      } else {
        all.add(place);
      }
    }
    if (!path.isEmpty()) {
      all.add(Path.of(path));
      // as it was seen by whoever named both on one command line
      Path out = take.folder().toAbsolutePath().getParent();
      if (out != null && out.getParent() != null) {
        all.add(out.getParent().resolve(path));
      }
    }
    return all.stream().filter(Files::isRegularFile).distinct().toList();
  }

  /** The same bytes under another name, below a folder that was named. */
  private Optional<Path> anywhere(String id) throws IOException {
    for (Path place : places) {
      for (Path file : Files.isDirectory(place) ? below(place) : List.<Path>of()) {
        if (hash(file).equals(id)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String hash(Path file) throws IOException {
    String known = hashes.get(file);
    if (known == null) {
      known = FileHash.of(file);
      hashes.put(file, known);
    }
    return known;
  }

  private IdentifiedSource identified(Path file, SourceInfo as) throws IOException {
    IdentifiedSource.Stamp stamp = IdentifiedSource.Stamp.of(file);
    SourceFile named = new SourceFile(file, as.getPath(), as.getName());
    return new IdentifiedSource(named, as.getId(), ffmpeg.probe(file), stamp)
        .labelled(as.getTitle(), as.getArtist(), as.getLicence())
        .permitted(as.getPermission())
        .renderedFrom(as.getRenderedFrom());
  }
}
