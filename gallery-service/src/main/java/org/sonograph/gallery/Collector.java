package org.sonograph.gallery;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.page.Remover;
import org.sonograph.runtime.DeadLetters;
import org.sonograph.runtime.HealthReport;
import org.sonograph.schemas.Topics;

/**
 * The collector's one thread: reads records, lets them be put into files, and forgets them only
 * once the files are on disk.
 *
 * <p>A disk or registry in trouble stops the reading, not the membership in the group: the consumer
 * is paused and polled until the record in hand can be put.
 */
final class Collector implements Runnable {
  static final String STAGE = "gallery-service";

  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(5);
  private static final List<String> TOPICS =
      List.of(
          Topics.SPECTROGRAM_IMAGES.name(),
          Topics.DIFFUSED_IMAGES.name(),
          Topics.AUDIO_OUTPUTS.name());

  private final Consumer<byte[], byte[]> consumer;
  private final Desks desks;
  private final DeadLetters deadLetters;
  private final CollectorMeters counts;
  private final Timing timing;
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
  private final Queue<Runnable> removals = new ConcurrentLinkedQueue<>();
  private long lastSync;
  private volatile boolean stopping;
  private volatile HealthReport health = HealthReport.ready();

  /**
   * What the thread works on.
   *
   * @param folders the takes
   * @param collection where records go
   * @param sorter how they get there
   * @param closing when a take is done
   * @param announcer who is told
   */
  record Desks(
      TakeFolders folders,
      Collection collection,
      RecordSorter sorter,
      Closing closing,
      Announcer announcer) {}

  /**
   * When things are done.
   *
   * @param flush between two syncs
   * @param nanoTime a clock that only goes forward
   */
  record Timing(Duration flush, LongSupplier nanoTime) {}

  Collector(
      Consumer<byte[], byte[]> consumer,
      Desks desks,
      DeadLetters deadLetters,
      MeterRegistry meters,
      Timing timing) {
    this.consumer = consumer;
    this.desks = desks;
    this.deadLetters = deadLetters;
    this.counts = new CollectorMeters(meters);
    this.timing = timing;
    this.lastSync = timing.nanoTime().getAsLong();
  }

  HealthReport health() {
    return health;
  }

  /** Deletes a take on the collector's own thread, between two records; any thread may call it. */
  CompletionStage<Remover.Removal> remove(String take) {
    CompletableFuture<Remover.Removal> removal = new CompletableFuture<>();
    removals.add(
        () -> {
          try {
            removal.complete(desks.folders().remove(take));
          } catch (IOException e) {
            removal.completeExceptionally(e);
          }
        });
    return removal;
  }

  /** Makes {@link #run} end soon; any thread may call it. */
  void stop() {
    stopping = true;
    consumer.wakeup();
  }

  @Override
  public void run() {
    try {
      consumer.subscribe(TOPICS);
      while (!stopping) {
        round();
      }
      patiently(this::sync);
    } catch (WakeupException e) {
      LOG.debug("woken up to stop");
    } catch (RuntimeException e) {
      health = HealthReport.dead("the collector stopped: " + e.getMessage());
      LOG.error("the collector stopped: {}", e.getMessage(), e);
    } finally {
      closeAll();
    }
  }

  private void round() {
    for (Runnable removal = removals.poll(); removal != null; removal = removals.poll()) {
      removal.run();
    }
    ConsumerRecords<byte[], byte[]> records = poll(POLL);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (!patiently(() -> put(record))) {
        return;
      }
      done.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    if (timing.nanoTime().getAsLong() - lastSync >= timing.flush().toNanos()) {
      patiently(this::sync);
      lastSync = timing.nanoTime().getAsLong();
    }
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration wait) {
    try {
      return consumer.poll(wait);
    } catch (WakeupException e) {
      return ConsumerRecords.empty();
    }
  }

  /** Something that a disk, broker or registry in trouble keeps from being done now. */
  private interface Step {
    void run() throws Exception;
  }

  /**
   * Does a step, again and again if need be; false if the collector is stopped before it could be
   * done.
   */
  private boolean patiently(Step step) {
    boolean wasTold = false;
    while (true) {
      try {
        step.run();
        if (wasTold) {
          LOG.info("the collector goes on");
        }
        health = HealthReport.ready();
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stopping = true;
      } catch (InterruptException e) {
        stopping = true;
      } catch (IOException | KafkaException | TimeoutException | ExecutionException e) {
        String cause = e instanceof IOException ? "files cannot be written: " : "";
        health = HealthReport.notReady(cause + e);
        counts.retry();
        if (!wasTold) {
          LOG.warn("{}{}; trying again until it works, nothing is lost", cause, e.toString());
          wasTold = true;
        }
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      if (stopping) {
        return false;
      }
      pollPaused();
    }
  }

  /** Keeps the place in the group while nothing can be taken. */
  private void pollPaused() {
    consumer.pause(consumer.assignment());
    long end = timing.nanoTime().getAsLong() + RETRY.toNanos();
    do {
      for (ConsumerRecord<byte[], byte[]> unwanted : poll(RETRY)) {
        TopicPartition partition = new TopicPartition(unwanted.topic(), unwanted.partition());
        if (!consumer.paused().contains(partition)) {
          consumer.seek(partition, unwanted.offset());
          consumer.pause(Set.of(partition));
        }
      }
    } while (!stopping && timing.nanoTime().getAsLong() < end);
    consumer.resume(consumer.paused());
  }

  private void put(ConsumerRecord<byte[], byte[]> record) throws IOException {
    try {
      Optional<TakeState> take = desks.sorter().put(record);
      take.ifPresent(desks.closing()::news);
      if (take.isPresent()) {
        counts.put(record);
      }
    } catch (RetriableException e) {
      throw e;
    } catch (RuntimeException e) {
      deadLetters.send(record, STAGE, RecordSorter.code(e), e);
    }
  }

  /** Files to disk, then offsets to the broker, then whatever became whole. */
  private void sync() throws Exception {
    desks.collection().sync();
    commit();
    desks.closing().start(desks.folders().open());
    for (Closing.Done finished : desks.closing().finished()) {
      close(finished);
    }
    for (TakeState take : desks.folders().open()) {
      if (take.outcome().isClosed()) {
        rest(take);
      }
    }
    counts.open(desks.folders().open().size());
  }

  /** Tells that a take is closed, once, and lets go of it. */
  private void rest(TakeState take) throws Exception {
    if (!take.announced()) {
      desks.announcer().announce(take);
      take.setAnnounced();
      desks.collection().touch(take);
      desks.collection().sync();
    }
    desks.closing().rest(take);
    desks.folders().rest(take);
  }

  private void close(Closing.Done finished) throws IOException {
    Outcome outcome = finished.close();
    TakeState take = finished.take();
    desks.collection().touch(take);
    desks.collection().sync();
    counts.closed(outcome);
    LOG.info(
        "{}: {} ({} failed records, take={})",
        take.folder().getFileName(),
        outcome.text(),
        take.failedRecords(),
        take.take());
  }

  private void commit() {
    done.keySet().retainAll(consumer.assignment());
    if (done.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(Map.copyOf(done), COMMIT_PATIENCE);
      done.clear();
    } catch (WakeupException e) {
      consumer.commitSync(Map.copyOf(done), COMMIT_PATIENCE);
    } catch (KafkaException e) {
      LOG.warn("places could not be kept now, records will come twice: {}", e.getMessage());
    }
  }

  private void closeAll() {
    try {
      desks.collection().close();
    } catch (IOException e) {
      LOG.warn("a sound file did not close: {}", e.getMessage());
    }
    consumer.close();
    desks.announcer().close();
    deadLetters.close();
  }
}
