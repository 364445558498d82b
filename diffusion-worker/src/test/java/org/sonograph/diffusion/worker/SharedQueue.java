package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.sonograph.schemas.Topics;

/**
 * A share group's end of the broker in memory, with the rules that Kafka 4.3 was seen to keep: one
 * record at a time, every record of a poll is acknowledged before the next, a renewed record comes
 * back from the next poll, a lost lock is told by commitSync alone.
 */
final class SharedQueue extends MockShareConsumer<byte[], byte[]> implements ShareConnection {
  private static final TopicIdPartition PARTITION =
      new TopicIdPartition(Uuid.ONE_UUID, new TopicPartition(Topics.SPECTROGRAM_IMAGES.name(), 0));

  /** What was said of records, in order: {@code "RENEW 0"}. */
  final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private final BlockingQueue<ConsumerRecord<byte[], byte[]>> waiting = new LinkedBlockingQueue<>();
  private final List<ConsumerRecord<byte[], byte[]>> returning = new ArrayList<>();
  private final Map<Long, ConsumerRecord<byte[], byte[]>> given = new LinkedHashMap<>();
  private volatile boolean losesLocks;
  private boolean lost;

  void add(ConsumerRecord<byte[], byte[]> record) {
    waiting.add(record);
  }

  /** From now on every lock has run out when somebody speaks of it. */
  void loseLocks() {
    losesLocks = true;
  }

  @Override
  public MockShareConsumer<byte[], byte[]> open() {
    return this;
  }

  @Override
  public boolean brokerAnswers() {
    return true;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (!given.isEmpty()) {
      throw new IllegalStateException("polled with records unacknowledged: " + given.keySet());
    }
    List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(returning);
    returning.clear();
    try {
      if (batch.isEmpty()) {
        Optional.ofNullable(waiting.poll(Math.min(20, timeout.toMillis()), TimeUnit.MILLISECONDS))
            .ifPresent(batch::add);
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
