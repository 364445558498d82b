package org.sonograph.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.DiskMeters;

/**
 * Tells as meters, over and over, what waits for each stage and how full the brokers' disks are.
 */
public final class Backlog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofSeconds(60);
  private static final long CLOSE_MS = 2_000;

  private final BacklogReader reader;
  private final Counter failures;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile Reading latest =
      new Reading(Map.of(), new BacklogReader.Disk(Double.NaN, Double.NaN), System.nanoTime());

  private record Reading(
      Map<String, BacklogReader.StageBacklog> backlogs, BacklogReader.Disk disk, long atNanos) {}

  private Backlog(BacklogReader reader, MeterRegistry meters) {
    this.reader = reader;
    this.failures = Catalogue.BACKLOG_FAILURES.counter(meters);
    for (Stages.Stage stage : Stages.ALL) {
      gauge(meters, stage, Catalogue.BACKLOG_CHUNKS, BacklogReader.StageBacklog::chunks);
      gauge(meters, stage, Catalogue.BACKLOG_AUDIO, BacklogReader.StageBacklog::audioSeconds);
      gauge(meters, stage, Catalogue.BACKLOG_AGE, BacklogReader.StageBacklog::ageSeconds);
      gauge(
          meters, stage, Catalogue.BACKLOG_RETENTION, BacklogReader.StageBacklog::retentionSeconds);
    }
    DiskMeters.register(
        meters, DiskMeters.BROKER, () -> latest.disk().free(), () -> latest.disk().total());
    this.thread = Thread.ofPlatform().name("backlog").daemon().start(this::work);
  }

  /**
   * Begins to read.
   *
   * @param admin not closed with this
   */
  public static Backlog watch(ServiceContext context, Admin admin) {
    Map<String, Object> settings = context.kafka().freeConsumer(Carrier.INGEST.text() + "-backlog");
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1); // one batch: one record
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2);
    FirstRecords first =
        new FirstRecords(
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    return new Backlog(new BacklogReader(admin, first), context.meters());
  }

  private void gauge(
      MeterRegistry meters,
      Stages.Stage stage,
      Catalogue meter,
      ToDoubleFunction<BacklogReader.StageBacklog> figure) {
    meter.gauge(meters, () -> value(stage, figure), stage.name());
  }

  /** What was not read lately is not known. */
  private double value(Stages.Stage stage, ToDoubleFunction<BacklogReader.StageBacklog> figure) {
    Reading reading = latest;
    BacklogReader.StageBacklog backlog = reading.backlogs().get(stage.name());
    boolean isStale = System.nanoTime() - reading.atNanos() > STALE.toNanos();
    return backlog == null || isStale ? Double.NaN : figure.applyAsDouble(backlog);
  }

  private void work() {
    boolean wasTold = false;
    try (BacklogReader open = reader) {
      do {
        try {
          latest =
              new Reading(open.read(System.currentTimeMillis()), open.disk(), System.nanoTime());
          wasTold = false;
        } catch (KafkaException e) {
          failures.increment();
          if (!wasTold) {
            LOG.warn("what waits for the stages cannot be read now: {}", e.getMessage());
            wasTold = true;
          }
        }
      } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
