package org.sonograph.launcher.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.sonograph.gallery.report.Manifest;
import org.sonograph.gallery.report.TrackFile;

/** Copies takes into a bucket, file by file, and drops the files here once they are there. */
public final class TakeCopier implements AutoCloseable {
  /** Most files of a take are small: their round trips overlap. */
  private static final int AT_ONCE = 4;

  private final ObjectStore store;
  private final BucketTakes there;
  private final ExecutorService uploads =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().daemon().name("copy-", 0).factory());
  private Count total = new Count(0, 0, 0);

  /** What was sent. */
  public record Count(long takes, long files, long bytes) {}

  private record Sent(String name, CopiedFiles.Copied file, boolean isNew) {}

  public TakeCopier(ObjectStore store, BucketTakes there) {
    this.store = store;
    this.there = there;
  }

  /** What was sent so far. */
  public synchronized Count total() {
    return total;
  }

  /**
   * Makes the copy of a complete take complete: what is there already stays.
   *
   * @throws IOException where that fails; the take here is as it was
   */
  public synchronized void copy(TrackFile track) throws IOException, InterruptedException {
    Path folder = track.folder();
    Map<String, CopiedFiles.Copied> done = new HashMap<>();
    if (there.has(folder)) {
      CopiedFiles.read(folder).ifPresent(copied -> done.putAll(copied.files()));
    }
    List<String> missing = new ArrayList<>();
    for (String name : names(folder)) {
      CopiedFiles.Copied copied = done.get(name);
      if (copied == null || !isSame(folder.resolve(name), copied)) {
        missing.add(name);
      }
    }
    if (missing.isEmpty() && !done.isEmpty()) {
      return;
    }
    List<Sent> sent = send(folder, missing, done.isEmpty() ? known(folder) : Map.of());
    sent.forEach(file -> done.put(file.name(), file.file()));
    there.close(folder, new CopiedFiles(track.take(), done));
    List<Sent> added = sent.stream().filter(Sent::isNew).toList();
    long bytes = added.stream().mapToLong(file -> file.file().bytes()).sum();
    total = new Count(total.takes() + 1, total.files() + added.size(), total.bytes() + bytes);
  }

  /** Files of a complete take do not change but for what says how it went. */
  private static boolean isSame(Path file, CopiedFiles.Copied copied) throws IOException {
    return Files.size(file) == copied.bytes()
        && (!file.endsWith(TrackFile.NAME)
            || FileDigests.of(file).sha256().equals(copied.sha256()));
  }

  /** Every file of a take, track.json last. */
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.equals(CopiedFiles.NAME))
          .sorted(Comparator.comparing(TrackFile.NAME::equals))
          .toList();
    }
  }

  /** What an attempt that broke off has left there, by key. */
  private Map<String, StoredObject> known(Path folder) throws IOException, InterruptedException {
    Map<String, StoredObject> known = new HashMap<>();
    store.list(there.url(folder, ""), object -> known.put(object.url().key(), object));
    return known;
  }

  private List<Sent> send(Path folder, List<String> names, Map<String, StoredObject> known)
      throws IOException, InterruptedException {
    List<Future<Sent>> sending = new ArrayList<>();
    for (String name : names) {
      sending.add(uploads.submit(() -> send(folder, name, known)));
    }
    List<Sent> sent = new ArrayList<>();
    try {
      for (Future<Sent> one : sending) {
        sent.add(one.get());
      }
      return sent;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      sending.forEach(one -> one.cancel(true));
    }
  }

  private Sent send(Path folder, String name, Map<String, StoredObject> known)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    ObjectUrl url = there.url(folder, name);
    FileDigests digests = FileDigests.of(file);
    StoredObject before = known.get(url.key());
    boolean isThere =
        before != null
            && before.bytes() == digests.bytes()
            && before.etag().equalsIgnoreCase(digests.md5());
    if (!isThere) {
      try {
        store.upload(file, digests, url);
      } catch (ObjectStoreException e) {
        throw new IOException(url + ": " + e.getMessage(), e);
      }
    }
    return new Sent(name, new CopiedFiles.Copied(digests.bytes(), digests.sha256()), !isThere);
  }

  /** Removes the files of a take that are in the bucket, but for what says so. */
  public synchronized void drop(Path folder) throws IOException {
    if (!there.has(folder)) {
      return;
    }
    Map<String, CopiedFiles.Copied> copied =
        CopiedFiles.read(folder).map(CopiedFiles::files).orElse(Map.of());
    for (String name : names(folder)) {
      boolean isCopied = copied.containsKey(name) && isSame(folder.resolve(name), copied.get(name));
      if (isCopied && !name.equals(TrackFile.NAME) && !name.equals(Manifest.NAME)) {
        Files.delete(folder.resolve(name));
      }
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path inner : all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
        try (Stream<Path> rest = Files.list(inner)) {
          if (rest.findAny().isEmpty()) {
            Files.delete(inner);
          }
        }
      }
    }
  }

  /** Where copies go. */
  public ObjectUrl to() {
    return there.to();
  }

  @Override
  public void close() {
    uploads.shutdownNow();
  }
}
