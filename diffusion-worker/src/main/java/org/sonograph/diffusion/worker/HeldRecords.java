package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records this worker has a lock on, and the words with the broker about them. Belongs to the
 * thread that owns the consumer.
 *
 * <p>A renewed record comes back from the next poll, and only then can it be acknowledged again; so
 * every renewal ends with a poll.
 */
final class HeldRecords {
  private static final Logger LOG = LoggerFactory.getLogger(HeldRecords.class);
  private static final Duration RETURN_POLL = Duration.ofMillis(100);
  private static final int RETURN_POLLS = 20;

  private final ShareConsumer<byte[], byte[]> consumer;
  private final Duration commitPatience;
  private final Map<Id, ConsumerRecord<byte[], byte[]>> held = new LinkedHashMap<>();

  /** Where a record lies. */
  record Id(String topic, int partition, long offset) {
    static Id of(ConsumerRecord<?, ?> record) {
      return new Id(record.topic(), record.partition(), record.offset());
    }
  }

  HeldRecords(ShareConsumer<byte[], byte[]> consumer, Duration commitPatience) {
    this.consumer = consumer;
    this.commitPatience = commitPatience;
  }

  /** All records held now. */
  List<ConsumerRecord<byte[], byte[]>> all() {
    return List.copyOf(held.values());
  }

  boolean contains(Id id) {
    return held.containsKey(id);
  }

  /** Asks the broker for records; only where none is held. */
  void poll(Duration wait) {
    for (ConsumerRecord<byte[], byte[]> record : records(wait)) {
      held.put(Id.of(record), record);
    }
  }

  /** Renews every lock. Records whose lock is lost are no longer held afterwards. */
  void renew() {
    List<Id> renewed = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : List.copyOf(held.values())) {
      if (acknowledge(record, AcknowledgeType.RENEW)) {
        renewed.add(Id.of(record));
      }
    }
    forgetLost(commit());
    List<Id> awaited = new ArrayList<>(renewed);
    awaited.retainAll(held.keySet());
    for (int i = 0; i < RETURN_POLLS && !awaited.isEmpty(); i++) {
      for (ConsumerRecord<byte[], byte[]> record : records(RETURN_POLL)) {
        held.put(Id.of(record), record);
        awaited.remove(Id.of(record));
      }
    }
  }

  /**
   * Says what became of a record and lets go of it; false if the broker had given it to another
   * meanwhile, or does not answer.
   */
  boolean settle(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
    boolean isKnown = acknowledge(record, type);
    held.remove(Id.of(record));
    return isKnown && commit().values().stream().allMatch(Optional::isEmpty);
  }

  /** Gives everything back. */
  void releaseAll() {
    for (ConsumerRecord<byte[], byte[]> record : List.copyOf(held.values())) {
      acknowledge(record, AcknowledgeType.RELEASE);
    }
    held.clear();
    commit();
  }

  private boolean acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
    try {
      consumer.acknowledge(record, type);
      return true;
    } catch (IllegalStateException e) {
      LOG.debug("{} of {}: {}", type, Id.of(record), e.getMessage());
      held.remove(Id.of(record));
      return false;
    }
  }

  private Map<TopicIdPartition, Optional<KafkaException>> commit() {
    try {
      return consumer.commitSync(commitPatience);
    } catch (WakeupException e) {
      return consumer.commitSync(commitPatience);
    }
  }

  /** Only the broker's plain no means that a lock is lost; silence may mean that it was renewed. */
  private void forgetLost(Map<TopicIdPartition, Optional<KafkaException>> answers) {
    answers.forEach(
        (partition, error) -> {
          if (error.isEmpty()) {
            return;
          }
          if (error.get() instanceof InvalidRecordStateException) {
            held.keySet()
                .removeIf(
                    id ->
                        id.topic().equals(partition.topic())
                            && id.partition() == partition.partition());
          } else {
            LOG.warn(
                "locks on {} could not be renewed now: {}", partition, error.get().getMessage());
          }
        });
  }

  private ConsumerRecords<byte[], byte[]> records(Duration wait) {
    try {
      return consumer.poll(wait);
    } catch (WakeupException e) {
      return ConsumerRecords.empty();
    }
  }
}
