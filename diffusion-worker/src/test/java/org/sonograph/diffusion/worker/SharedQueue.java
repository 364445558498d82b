package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.sonograph.schemas.Topics;

/**
 * A share group's end of the broker in memory, with the rules that Kafka 4.3 was seen to keep: no
 * more records than a consumer asks for, every record of a poll is acknowledged before the next, a
 * renewed record comes back from the next poll, a lost lock is told by commitSync alone.
 */
final class SharedQueue implements ShareConnection {
  private static final TopicIdPartition PARTITION =
      new TopicIdPartition(Uuid.ONE_UUID, new TopicPartition(Topics.SPECTROGRAM_IMAGES.name(), 0));

  /** What was said of records, in order: {@code "RENEW 0"}. */
  final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private final BlockingQueue<ConsumerRecord<byte[], byte[]>> waiting = new LinkedBlockingQueue<>();
  private final Semaphore questions = new Semaphore(0);
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger out = new AtomicInteger();
  private final AtomicInteger mostOut = new AtomicInteger();
  private volatile boolean isCutOff;
  private volatile boolean losesLocks;

  void add(ConsumerRecord<byte[], byte[]> record) {
    waiting.add(record);
  }

  /** From now on every lock has run out when somebody speaks of it. */
  void loseLocks() {
    losesLocks = true;
  }

  /** From now on there is no connection to any broker. */
  void cutOff() {
    isCutOff = true;
  }

  void bringBack() {
    isCutOff = false;
  }

  /** Returns when it was asked so many times whether a broker answers. */
  void awaitQuestions(int count) throws InterruptedException {
    questions.acquire(count);
  }

  /** How many consumers were asked for. */
  int opened() {
    return opened.get();
  }

  /** Most records that were out at one time. */
  int mostOut() {
    return mostOut.get();
  }

  /** Records that nobody has taken. */
  int waiting() {
    return waiting.size();
  }

  @Override
  public MockShareConsumer<byte[], byte[]> open(int records) {
    opened.incrementAndGet();
    return new Member(records);
  }

  @Override
  public boolean brokerAnswers() {
    questions.release();
    return !isCutOff;
  }

  /** One consumer of the group. */
  private final class Member extends MockShareConsumer<byte[], byte[]> {
    private final int records;
    private final List<ConsumerRecord<byte[], byte[]>> returning = new ArrayList<>();
    private final Map<Long, ConsumerRecord<byte[], byte[]>> given = new LinkedHashMap<>();
    private boolean lost;

    Member(int records) {
      this.records = records;
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
      MetricName name = new MetricName("connection-count", "share-consumer", "", Map.of());
      Gauge<Double> value = (config, now) -> isCutOff ? 0.0 : 1.0;
      return Map.of(
          name, new KafkaMetric(new Object(), name, value, new MetricConfig(), Time.SYSTEM));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      if (!given.isEmpty()) {
        throw new IllegalStateException("polled with records unacknowledged: " + given.keySet());
      }
      List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(returning);
      returning.clear();
      try {
        if (batch.isEmpty() && !isCutOff) {
          Optional.ofNullable(waiting.poll(Math.min(20, timeout.toMillis()), TimeUnit.MILLISECONDS))
              .ifPresent(batch::add);
          waiting.drainTo(batch, records - batch.size());
          mostOut.accumulateAndGet(out.addAndGet(batch.size()), Math::max);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      batch.forEach(r -> given.put(r.offset(), r));
      return new ConsumerRecords<>(Map.of(PARTITION.topicPartition(), batch), Map.of());
    }

    @Override
    public void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
      if (given.remove(record.offset()) == null) {
        throw new IllegalStateException("The record cannot be acknowledged.");
      }
      said.add(type.name() + " " + record.offset());
      if (losesLocks) {
        lost = true;
      } else if (type == AcknowledgeType.RENEW) {
        returning.add(record);
      } else {
        out.decrementAndGet();
      }
    }

    @Override
    public Map<TopicIdPartition, Optional<KafkaException>> commitSync(Duration timeout) {
      boolean wasLost = lost;
      lost = false;
      return wasLost
          ? Map.of(PARTITION, Optional.of(new InvalidRecordStateException("lock ran out")))
          : Map.of(PARTITION, Optional.empty());
    }

    @Override
    public void wakeup() {
      // Polls are short.
    }

    @Override
    public void close(Duration timeout) {
      said.add("CLOSE");
    }
  }
}
