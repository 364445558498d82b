package org.sonograph.gallery.page;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.files.FolderTree;
import org.sonograph.runtime.meters.Catalogue;

/**
 * Deletes the oldest takes, so that a disk stays level for weeks: by their age, and by the room
 * that all take together. What somebody starred stays, and what is being made.
 */
final class Retention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final Duration REMOVAL_PATIENCE = Duration.ofSeconds(60);
  private static final String AGE = "age";
  private static final String SIZE = "size";

  private final Shelf shelf;
  private final Remover remover;
  private final Limits limits;
  private final MeterRegistry meters;
  private final Map<String, Room> rooms = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("gallery-retention").daemon().factory());
  private boolean wasTold;

  /**
   * What is kept.
   *
   * @param age of a take since it was last written; zero = any
   * @param bytes of all takes together; 0 = any
   */
  record Limits(Duration age, long bytes) {
    boolean isNone() {
      return age.isZero() && bytes == 0;
    }
  }

  /**
   * Room that a take's files need.
   *
   * @param madeMs when it was last written; with another time the room is another one
   */
  private record Room(long madeMs, long bytes) {}

  /** Does nothing before {@link #start}. */
  Retention(Shelf shelf, Remover remover, Limits limits, MeterRegistry meters) {
    this.shelf = shelf;
    this.remover = remover;
    this.limits = limits;
    this.meters = meters;
  }

  /** Looks after the takes from now on. */
  void start() {
    long every = EVERY.toMillis();
    timer.scheduleWithFixedDelay(this::look, every / 5, every, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      if (shelf.isRead()) {
        tidy(System.currentTimeMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("old takes cannot be looked after: {}", e.toString(), e);
    }
  }

  /** Deletes what is too much now. */
  void tidy(long nowMs) throws InterruptedException {
    List<Entry> oldestFirst =
        shelf.all().stream().sorted(Comparator.comparingLong(Entry::madeMs)).toList();
    if (!limits.age().isZero()) {
      long least = nowMs - limits.age().toMillis();
      for (Entry entry : oldestFirst) {
        if (entry.madeMs() < least && mayGo(entry)) {
          remove(entry, AGE);
        }
      }
    }
    if (limits.bytes() > 0) {
      makeRoom(oldestFirst.stream().filter(e -> shelf.of(e.take()).isPresent()).toList());
    }
  }

  private void makeRoom(List<Entry> oldestFirst) throws InterruptedException {
    rooms.keySet().removeIf(take -> shelf.of(take).isEmpty());
    long sum = oldestFirst.stream().mapToLong(this::bytes).sum();
    for (Entry entry : oldestFirst) {
      if (sum <= limits.bytes()) {
        wasTold = false;
        return;
      }
      if (mayGo(entry) && remove(entry, SIZE)) {
        sum -= bytes(entry);
      }
    }
    if (sum > limits.bytes() && !wasTold) {
      wasTold = true;
      LOG.warn(
          "takes need {} MB, more than the {} MB that they may have, and none is left that may go: they are starred or being made",
          sum / 1_000_000,
          limits.bytes() / 1_000_000);
    }
  }

  private static boolean mayGo(Entry entry) {
    return !entry.isBeingMade() && !entry.mark().starred();
  }

  private boolean remove(Entry entry, String reason) throws InterruptedException {
    try {
      Remover.Removal removal =
          remover
              .remove(entry.take())
              .toCompletableFuture()
              .get(REMOVAL_PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (removal == Remover.Removal.REMOVED) {
        Catalogue.GALLERY_REMOVED.counter(meters, reason).increment();
        LOG.info("removed {}, last written {}: {}", entry.folder(), entry.made(), text(reason));
        return true;
      }
      LOG.debug("{} cannot be removed now: {}", entry.folder(), removal);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("{} cannot be removed: {}", entry.folder(), e.toString());
    }
    return false;
  }

  private String text(String reason) {
    return reason.equals(AGE)
        ? "older than %.1f days".formatted(limits.age().toSeconds() / 86_400.0)
        : "all takes may need %d MB".formatted(limits.bytes() / 1_000_000);
  }

  private long bytes(Entry entry) {
    Room known = rooms.get(entry.take());
    if (known == null || known.madeMs() != entry.madeMs()) {
      known = new Room(entry.madeMs(), bytes(entry.folder()));
      rooms.put(entry.take(), known);
    }
    return known.bytes();
  }

  /** What cannot be measured, since it is gone meanwhile, needs no room. */
  private static long bytes(Path folder) {
    try {
      return FolderTree.bytes(folder);
    } catch (IOException e) {
      LOG.debug("{} cannot be measured: {}", folder, e.toString());
      return 0;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
