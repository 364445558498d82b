package org.sonograph.launcher.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;

/** The takes in an output folder, read again only where they changed. */
public final class OutFolder {
  private record Seen(FileTime modified, TrackFile track) {}

  private final Path out;
  private final Map<Path, Seen> seen = new HashMap<>();

  public OutFolder(Path out) {
    this.out = out;
  }

  public Path path() {
    return out;
  }

  /** Looks at the folder again. */
  public void refresh() {
    for (Path folder : folders()) {
      Path file = folder.resolve(TrackFile.NAME);
      try {
        FileTime modified = Files.getLastModifiedTime(file);
        Seen before = seen.get(folder);
        if (before == null || !before.modified().equals(modified)) {
          TrackFile.read(folder).ifPresent(track -> seen.put(folder, new Seen(modified, track)));
        }
      } catch (IOException e) {
        // No take's folder, or one that is being made.
        seen.remove(folder);
      }
    }
  }

  /** The take of that id, as last seen. */
  public Optional<TrackFile> take(String id) {
    return all().stream().filter(t -> t.take().equals(id)).findFirst();
  }

  /** All takes, as last seen. */
  public Collection<TrackFile> all() {
    return seen.values().stream().map(Seen::track).toList();
  }

  private List<Path> folders() {
    if (!Files.isDirectory(out)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(out)) {
      return children.filter(f -> !f.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, out + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
