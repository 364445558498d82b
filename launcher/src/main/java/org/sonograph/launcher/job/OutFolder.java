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
import org.sonograph.gallery.report.TakeTree;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;

/** The takes below an output folder, read again only where they changed. */
public final class OutFolder {
  private record Seen(FileTime modified, TrackFile track) {}

  private final Path out;
  private final TakeTree tree;
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Map<String, TrackFile> byTake = new HashMap<>();

  public OutFolder(Path out) {
    this.out = out;
    this.tree = new TakeTree(out);
  }

  public Path path() {
    return out;
  }

  /** Looks at the folder again. */
  public void refresh() {
    folders().forEach(this::look);
  }

  /** The same, but for takes that were complete when last seen, which do not change any more. */
  public void refreshOpen() {
    for (Path folder : folders()) {
      Seen before = seen.get(folder);
      if (before == null || !before.track().isComplete()) {
        look(folder);
      }
    }
  }

  private void look(Path folder) {
    Seen before = seen.get(folder);
    try {
      FileTime modified = Files.getLastModifiedTime(folder.resolve(TrackFile.NAME));
      if (before == null || !before.modified().equals(modified)) {
        TrackFile.read(folder)
            .ifPresent(
                track -> {
                  seen.put(folder, new Seen(modified, track));
                  byTake.put(track.take(), track);
                });
      }
    } catch (IOException e) {
      // No take's folder, or one that is being made.
      seen.remove(folder);
      if (before != null) {
        byTake.remove(before.track().take());
      }
    }
  }

  /** The take of that id, as last seen. */
  public Optional<TrackFile> take(String id) {
    return Optional.ofNullable(byTake.get(id));
  }

  /** All takes, as last seen. */
  public Collection<TrackFile> all() {
    return List.copyOf(byTake.values());
  }

  private List<Path> folders() {
    try {
      return tree.takes();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, out + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
