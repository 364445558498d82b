package org.sonograph.launcher.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.runtime.files.WholeFile;

/** The takes whose copies in a bucket are complete. */
public final class BucketTakes {
  private static final String END = "/" + CopiedFiles.NAME;

  private final ObjectStore store;
  private final ObjectUrl to;
  private final Path out;
  private final Map<String, String> etags = new TreeMap<>();

  /**
   * The copies in a folder of a bucket.
   *
   * @param out the folder of the takes they are copies of
   */
  public BucketTakes(ObjectStore store, ObjectUrl to, Path out)
      throws IOException, InterruptedException {
    this.store = store;
    this.to = to;
    this.out = out;
    String folder = to.folder();
    store.list(
        new ObjectUrl(to.bucket(), folder),
        object -> {
          String key = object.url().key();
          if (key.endsWith(END) && key.length() > folder.length() + END.length()) {
            String place = key.substring(folder.length(), key.length() - END.length());
            etags.put(place, object.etag());
          }
        });
  }

  /**
   * Brings what says of takes that they are made, for those that are not here: they need not be
   * made again. Returns how many.
   */
  public int bring() throws IOException, InterruptedException {
    int brought = 0;
    for (String place : etags.keySet()) {
      Path folder = folder(place);
      if (!Files.exists(folder.resolve(TrackFile.NAME))) {
        byte[] copied = store.read(to.resolve(place + END));
        byte[] track = store.read(to.resolve(place + "/" + TrackFile.NAME));
        Files.createDirectories(folder);
        WholeFile.write(folder.resolve(CopiedFiles.NAME), copied);
        WholeFile.write(folder.resolve(TrackFile.NAME), track);
        brought++;
      }
    }
    return brought;
  }

  /** A key is anybody's text: what it names must lie below OUT. */
  private Path folder(String place) throws ObjectStoreException {
    try {
      Path folder = out.resolve(place).normalize();
      if (folder.startsWith(out.normalize()) && !folder.equals(out.normalize())) {
        return folder;
      }
    } catch (InvalidPathException e) {
      throw ObjectStoreException.of(to.resolve(place) + " is no folder a take can have here");
    }
    throw ObjectStoreException.of(to.resolve(place) + " leads out of the folder of takes");
  }

  /** Whether the bucket has the copy that a take's folder says it has. */
  synchronized boolean has(Path folder) throws IOException {
    Path file = folder.resolve(CopiedFiles.NAME);
    String etag = etags.get(place(folder));
    return etag != null
        && Files.isRegularFile(file)
        && FileDigests.of(file).md5().equalsIgnoreCase(etag);
  }

  /** Keeps and sends what closes a copy. */
  synchronized void close(Path folder, CopiedFiles copied)
      throws IOException, InterruptedException {
    Path file = folder.resolve(CopiedFiles.NAME);
    WholeFile.write(file, copied.bytes());
    FileDigests digests = FileDigests.of(file);
    store.upload(file, digests, to.resolve(place(folder) + END));
    etags.put(place(folder), digests.md5());
  }

  /** Where a take lies below OUT, and below the bucket's folder. */
  String place(Path folder) {
    return out.relativize(folder).toString().replace('\\', '/');
  }

  /** Where a file of a take goes. */
  ObjectUrl url(Path folder, String name) {
    return to.resolve(place(folder) + "/" + name);
  }

  ObjectUrl to() {
    return to;
  }
}
