package org.sonograph.launcher.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SafeName;
import org.sonograph.ingest.source.SourceEntry;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.ingest.source.SourceFiles;
import org.sonograph.launcher.facts.SourceFacts;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;

/** Sounds in buckets: listed, fetched when needed, kept only as far as the disk is meant to go. */
public final class ObjectSources implements RemoteSources {
  /** Fetched sounds that may stay until they are needed again, bytes. */
  private static final long KEPT_BYTES = 2L << 30;

  /** Largest sound that is fetched, bytes. */
  private static final long MOST_BYTES = 16L << 30;

  private final ObjectStore store;
  private final Path folder;
  private final SourceFacts facts;
  private final boolean isExact;
  private final Map<Path, StoredObject> looked = new ConcurrentHashMap<>();
  private final AtomicLong kept = new AtomicLong();

  /**
   * Sounds of a storage.
   *
   * @param folder where fetched ones lie, and what of them was cut off
   * @param facts what is known of sounds that were read before
   * @param isExact true where inputs name objects, not folders of them
   */
  public ObjectSources(ObjectStore store, Path folder, SourceFacts facts, boolean isExact) {
    this.store = store;
    this.folder = folder;
    this.facts = facts;
    this.isExact = isExact;
  }

  @Override
  public boolean has(SourceFile source) {
    return ObjectUrl.isOne(source.givenPath());
  }

  @Override
  public List<SourceEntry> expand(String input) throws InterruptedException {
    try {
      ObjectUrl url = ObjectUrl.of(input);
      return isExact ? List.of(new SourceEntry.Found(file(url, ""))) : listed(url);
    } catch (IOException | IllegalArgumentException e) {
      return List.of(new SourceEntry.Problem(input, SafeName.of(input) + ": " + e.getMessage()));
    }
  }

  private List<SourceEntry> listed(ObjectUrl url) throws IOException, InterruptedException {
    List<SourceEntry> entries = new ArrayList<>();
    int[] skipped = {0};
    store.list(
        url,
        object -> {
          String key = object.url().key();
          boolean isItself = key.equals(url.key());
          String below = isItself ? "" : below(url, key);
          if (isItself ? key.isEmpty() || key.endsWith("/") : below.isEmpty()) {
            return;
          }
          if (!isItself && (isHidden(below) || SourceFiles.isCompanion(below))) {
            skipped[0]++;
            return;
          }
          SourceFile file = file(object.url(), folderOf(below));
          looked.put(file.file(), object);
          entries.add(new SourceEntry.Found(file));
        });
    if (skipped[0] > 0) {
      entries.add(new SourceEntry.Skipped(SafeName.of(url.toString()), skipped[0]));
    }
    if (entries.isEmpty()) {
      throw ObjectStoreException.of("nothing of that name is in the bucket");
    }
    return entries;
  }

  /** The key below a folder; "" where it is not below it, but beside it, or a folder itself. */
  private static String below(ObjectUrl url, String key) {
    String folder = url.folder();
    return key.startsWith(folder) && !key.endsWith("/") ? key.substring(folder.length()) : "";
  }

  private static boolean isHidden(String path) {
    return path.startsWith(".") || path.contains("/.");
  }

  private static String folderOf(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  private SourceFile file(ObjectUrl url, String below) {
    byte[] hash =
        FileDigests.digest("SHA-256").digest(url.toString().getBytes(StandardCharsets.UTF_8));
    String name = HexFormat.of().formatHex(hash, 0, 16);
    return new SourceFile(folder.resolve(name), url.toString(), url.name(), below);
  }

  @Override
  public IdentifiedSource identify(SourceFile source, FFmpeg ffmpeg)
      throws IOException, UnreadableSoundException, InterruptedException {
    StoredObject object = look(source);
    SourceFacts.Key key =
        new SourceFacts.Key(object.url().toString(), object.etag(), object.bytes());
    Optional<IdentifiedSource> known =
        facts.of(
            key,
            source,
            new IdentifiedSource.Stamp(object.bytes(), FileTime.from(object.modified())));
    if (known.isPresent()) {
      return known.get();
    }
    need(source);
    try {
      IdentifiedSource found = IdentifiedSource.look(source, ffmpeg);
      facts.keep(key, found);
      return found;
    } finally {
      keepOrRelease(source, object.bytes());
    }
  }

  private void keepOrRelease(SourceFile source, long bytes) throws IOException {
    if (kept.addAndGet(bytes) > KEPT_BYTES) {
      kept.addAndGet(-bytes);
      release(source);
    }
  }

  @Override
  public void need(SourceFile source) throws IOException, InterruptedException {
    if (!has(source)) {
      return;
    }
    StoredObject object = look(source);
    if (object.bytes() > MOST_BYTES) {
      throw ObjectStoreException.of("is larger than %d GiB".formatted(MOST_BYTES >> 30));
    }
    if (!Files.exists(source.file())) {
      store.download(object, source.file());
    }
  }

  private StoredObject look(SourceFile source) throws IOException, InterruptedException {
    StoredObject object = looked.get(source.file());
    if (object == null) {
      object = store.look(ObjectUrl.of(source.givenPath()));
      looked.put(source.file(), object);
    }
    // What an earlier attempt fetched is of use only while the object is the same.
    Path mark = source.file().resolveSibling(source.file().getFileName() + ".etag");
    if (!Files.exists(mark) || !Files.readString(mark).equals(object.etag())) {
      Files.createDirectories(folder);
      Files.deleteIfExists(source.file());
      Files.deleteIfExists(source.file().resolveSibling(source.file().getFileName() + ".part"));
      Files.writeString(mark, object.etag());
    }
    return object;
  }

  @Override
  public void release(SourceFile source) throws IOException {
    if (has(source)) {
      Files.deleteIfExists(source.file());
      Files.deleteIfExists(source.file().resolveSibling(source.file().getFileName() + ".etag"));
    }
  }
}
