package org.sonograph.diffusion.hub;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.runtime.files.FolderTree;

/**
 * The cache that Hugging Face's tools share: {@code models--OWNER--NAME/} with {@code blobs/}
 * (files by their etag), {@code snapshots/COMMIT/} (links to blobs, by their names in the
 * repository) and {@code refs/REVISION} (which commit a branch was at).
 */
public final class HubCache {

  private static final String SNAPSHOTS = "snapshots";
  private static final int SHA256_HEX_CHARS = 64;
  private static final String PREFIX = "models--";

  private final Path root;

  public HubCache(Path root) {
    this.root = root;
  }

  /** The model of a revision, where all that it takes to run it is here. */
  public Optional<Path> model(HubName name) {
    return commit(name).map(commit -> snapshot(name, commit)).flatMap(HubCache::modelIn);
  }

  /** The folder with graphs in a snapshot: itself, or {@code onnx/} in it. */
  static Optional<Path> modelIn(Path snapshot) {
    return Stream.of(snapshot, snapshot.resolve("onnx"))
        .filter(
            folder ->
                HubFiles.GRAPHS.stream()
                    .allMatch(part -> Files.isRegularFile(folder.resolve(part + "/model.onnx"))))
        .findFirst();
  }

  /**
   * What a model folder is called: the repository where it is a snapshot in a cache like this one.
   */
  public static Optional<String> repositoryOf(Path model) {
    Path at = model.toAbsolutePath().normalize();
    for (int up = 0; up < 3 && at != null; up++) {
      Path parent = at.getParent();
      if (parent != null && parent.endsWith(SNAPSHOTS)) {
        String folder = parent.getParent().getFileName().toString();
        return folder.startsWith(PREFIX)
            ? Optional.of(folder.substring(PREFIX.length()).replaceFirst("--", "/"))
            : Optional.empty();
      }
      at = parent;
    }
    return Optional.empty();
  }

  /**
   * Holds the files of a snapshot against the checksums that their blobs are named by.
   *
   * @return a line for each that is damaged; none for a folder that is no snapshot
   */
  public static List<String> damaged(Path model) {
    List<String> lines = new ArrayList<>();
    if (repositoryOf(model).isEmpty()) {
      return lines;
    }
    try (Stream<Path> files = Files.walk(model)) {
      for (Path link : files.filter(Files::isSymbolicLink).sorted().toList()) {
        String named = link.toRealPath().getFileName().toString();
        if (named.length() == SHA256_HEX_CHARS) {
          String found = HubDownload.sha256(link);
          if (!found.equals(named)) {
            lines.add(
                "%s has the SHA-256 %s, expected %s: remove the model and pull it again"
                    .formatted(model.relativize(link), found, named));
          }
        }
      }
    } catch (IOException e) {
      lines.add("%s cannot be read: %s".formatted(model, e.getMessage()));
    }
    return lines;
  }

  /** Every model that is here whole, by its repository. */
  public List<HubName> models() {
    List<HubName> names = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return names;
    }
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.sorted().toList()) {
        String file = folder.getFileName().toString();
        if (file.startsWith(PREFIX)) {
          String repository = file.substring(PREFIX.length()).replaceFirst("--", "/");
          refs(folder).stream()
              .map(ref -> new HubName(repository, ref))
              .filter(name -> model(name).isPresent())
              .forEach(names::add);
        }
      }
    } catch (IOException e) {
      throw unreadable(root, e);
    }
    return names;
  }

  private static List<String> refs(Path folder) throws IOException {
    Path refs = folder.resolve("refs");
    if (!Files.isDirectory(refs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(refs)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> refs.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private Optional<String> commit(HubName name) {
    Path ref = repository(name).resolve("refs").resolve(name.revision());
    try {
      if (Files.isRegularFile(ref)) {
        return Optional.of(Files.readString(ref).strip());
      }
    } catch (IOException e) {
      throw unreadable(ref, e);
    }
    return Files.isDirectory(snapshot(name, name.revision()))
        ? Optional.of(name.revision())
        : Optional.empty();
  }

  Path repository(HubName name) {
    return root.resolve(name.folder());
  }

  Path blobs(HubName name) {
    return repository(name).resolve("blobs");
  }

  Path snapshot(HubName name, String commit) {
    return repository(name).resolve(SNAPSHOTS).resolve(commit);
  }

  Path root() {
    return root;
  }

  /** Shows finished blobs under their names, and then says that the revision is here. */
  Path publish(HubName name, String commit, List<HubFiles.Remote> files) throws IOException {
    Path snapshot = snapshot(name, commit);
    for (HubFiles.Remote file : files) {
      link(snapshot.resolve(file.name()), blobs(name).resolve(file.etag()));
    }
    if (!name.revision().equals(commit)) {
      Path ref = repository(name).resolve("refs").resolve(name.revision());
      Files.createDirectories(ref.getParent());
      Path partial = Files.createTempFile(ref.getParent(), ".ref", ".partial");
      Files.writeString(partial, commit);
      Files.move(partial, ref, StandardCopyOption.REPLACE_EXISTING);
    }
    return snapshot;
  }

  private static void link(Path shown, Path blob) throws IOException {
    Files.createDirectories(shown.getParent());
    Files.deleteIfExists(shown);
    try {
      Files.createSymbolicLink(shown, shown.getParent().relativize(blob));
    } catch (UnsupportedOperationException | FileSystemException e) {
      // a system where links need a privilege gets the file itself, as with the hub's own client
      Files.copy(blob, shown, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Removes all that the cache has of a repository.
   *
   * @return bytes that were freed; 0 where there was nothing
   */
  public long remove(HubName name) {
    Path folder = repository(name);
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try {
      long freed = FolderTree.bytes(folder);
      FolderTree.remove(folder);
      return freed;
    } catch (IOException e) {
      throw new HubException(
          HubException.Kind.CANNOT_WRITE,
          "%s cannot be removed: %s".formatted(folder, e.getMessage()),
          e);
    }
  }

  private static HubException unreadable(Path file, IOException e) {
    return new HubException(
        HubException.Kind.NOT_FOUND, "%s cannot be read: %s".formatted(file, e.getMessage()), e);
  }
}
