package org.sonograph.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sonograph.gallery.page.Watcher;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.SpectrogramImage;

/** The collector without Kafka: records in, files out, finishing on the spot, time by hand. */
final class Desk implements AutoCloseable {
  private static final int SCROLL_MAX_WIDTH_PX = 100;

  final TakeFolders folders;
  final Collection collection;
  final Closing closing;
  private long nanos;

  Desk(Path out) throws IOException {
    this(out, (wav, target, format, label) -> Files.copy(wav, target));
  }

  /** A desk whose news are told. */
  Desk(Path out, Watcher watcher) throws IOException {
    this(out, (wav, target, format, label) -> Files.copy(wav, target), watcher);
  }

  Desk(Path out, SoundEncoder encoder) throws IOException {
    this(out, encoder, news -> {});
  }

  private Desk(Path out, SoundEncoder encoder, Watcher watcher) throws IOException {
    folders = new TakeFolders(out);
    collection = new Collection(folders, watcher);
    closing =
        new Closing(
            new Finisher(encoder, SCROLL_MAX_WIDTH_PX),
            new OnTheSpot(),
            Duration.ofHours(1),
            Duration.ZERO,
            () -> nanos);
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  TakeState put(Object record) throws IOException {
    TakeState take =
        switch (record) {
          case SpectrogramImage r -> collection.accept(r);
          case DiffusedImage r -> collection.accept(r);
          case AudioOutput r -> collection.accept(r);
          default -> throw new IllegalArgumentException("no such record: " + record);
        };
    closing.news(take);
    return take;
  }

  void putAll(Stream<?> records) throws IOException {
    for (Object record : records.toList()) {
      put(record);
    }
  }

  /** Forces all to disk and finishes what is done, as the collector does now and then. */
  void settle() throws Exception {
    collection.sync();
    closing.start(folders.open());
    for (Closing.Done done : closing.finished()) {
      done.close();
      done.take().setAnnounced();
      collection.touch(done.take());
    }
    collection.sync();
    folders.open().stream().filter(t -> t.outcome().isClosed()).forEach(folders::rest);
  }

  @Override
  public void close() throws IOException {
    collection.close();
  }

  /** Every file below a folder with its content, by relative name. */
  static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(
            folder.relativize(file).toString(),
            java.util.HexFormat.of().formatHex(digest(Files.readAllBytes(file))));
      }
    }
    return files;
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static final class OnTheSpot extends AbstractExecutorService {
    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public java.util.List<Runnable> shutdownNow() {
      return java.util.List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
