package org.sonograph.gallery;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.page.Remover.Removal;
import org.sonograph.gallery.report.TakeTree;
import org.sonograph.runtime.files.FolderTree;

/** Finds or claims the one folder of each take. */
final class TakeFolders {
  private static final Logger LOG = LoggerFactory.getLogger(TakeFolders.class);
  private static final String DELETED = ".deleted-";

  private final Path out;
  private final FolderNames names;
  private final Map<String, TakeState> open = new HashMap<>();
  private final Map<String, Path> closed = new HashMap<>();

  /** Reads what is there already, so that a take goes on where it was. */
  TakeFolders(Path out) throws IOException {
    this.out = out;
    this.names = new FolderNames(out);
    Files.createDirectories(out);
    deleteHidden();
    for (Path folder : new TakeTree(out).takes()) {
      names.add(folder);
      load(folder);
    }
  }

  /** A crash can come between hiding a take and deleting it. */
  private void deleteHidden() throws IOException {
    try (Stream<Path> children = Files.list(out)) {
      for (Path folder : children.toList()) {
        if (folder.getFileName().toString().startsWith(DELETED)) {
          FolderTree.remove(folder);
        }
      }
    }
  }

  /** Takes that are not yet closed and announced. */
  Collection<TakeState> open() {
    return List.copyOf(open.values());
  }

  /**
   * Keeps of a take only where it is, until something comes for it again; its {@code track.json}
   * holds the rest.
   */
  void rest(TakeState take) {
    open.remove(take.take());
    closed.put(take.take(), take.folder());
  }

  /**
   * Deletes a take that rests: from the list at once, from the disk before this returns.
   *
   * @throws IOException where the disk refuses; the take is there as before then, or hidden
   */
  Removal remove(String take) throws IOException {
    if (open.containsKey(take)) {
      return Removal.BUSY;
    }
    Path folder = closed.get(take);
    if (folder == null) {
      return Removal.UNKNOWN;
    }
    // Hidden by one rename first, so that a crash leaves no half of a take behind.
    Path hidden = out.resolve(DELETED + take);
    Files.move(folder, hidden, StandardCopyOption.ATOMIC_MOVE);
    closed.remove(take);
    names.remove(folder);
    FolderTree.remove(hidden);
    return Removal.REMOVED;
  }

  /**
   * The take of that name, with its folder made if it has none yet.
   *
   * @param wish the folder that was asked for, as {@code Place} has it
   */
  TakeState of(String take, String sourceName, String wish) throws IOException {
    TakeState known = open.get(take);
    if (known != null) {
      return known;
    }
    Path resting = closed.remove(take);
    if (resting != null) {
      TakeState woken = TrackJson.read(resting);
      open.put(take, woken);
      return woken;
    }
    TakeState claimed = new TakeState(take, claim(take, sourceName, wish));
    // Before anything else is in it, so that the folder is known for this take's after a crash.
    DurableFiles.write(claimed.folder().resolve(TrackJson.FILE), TrackJson.write(claimed));
    open.put(take, claimed);
    return claimed;
  }

  private void load(Path folder) {
    try {
      TakeState take = TrackJson.read(folder);
      if (take.outcome().isClosed() && take.announced()) {
        closed.put(take.take(), folder);
      } else {
        open.put(take.take(), take);
      }
    } catch (IOException | BadRecordException e) {
      LOG.warn("{} is left alone: {}", folder, e.getMessage());
    }
  }

  private Path claim(String take, String sourceName, String wish) throws IOException {
    List<Path> candidates = names.candidates(take, sourceName, wish);
    for (Path folder : candidates) {
      if (names.isFree(folder) && isClaimed(folder)) {
        names.add(folder);
        return folder;
      }
    }
    throw new IOException(
        "no free folder name for %s in %s: %s and its like are taken (take=%s)"
            .formatted(sourceName, out, out.relativize(candidates.getFirst()), take));
  }

  /** Makes the folder, or takes one that was made and then left before anything was in it. */
  private static boolean isClaimed(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      DurableFiles.forceFolder(folder.getParent());
      return true;
    } catch (FileAlreadyExistsException e) {
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isEmpty(folder);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.allMatch(
          child -> child.getFileName().toString().equals("." + TrackJson.FILE + ".tmp"));
    }
  }
}
