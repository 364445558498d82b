package org.sonograph.ingest.send;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.TakeEvent;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/**
 * The ledger on the compacted control topic. It is read once, at the start; the takes of one ingest
 * are written by it alone.
 */
public final class ControlLedger implements SentLedger {
  private static final Logger LOG = LoggerFactory.getLogger(ControlLedger.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, TakeEvent> events = new ConcurrentHashMap<>();
  private final Producer<String, byte[]> producer;
  private final AvroSerde<TakeEvent> serde;

  private ControlLedger(Producer<String, byte[]> producer, AvroSerde<TakeEvent> serde) {
    this.producer = producer;
    this.serde = serde;
  }

  /**
   * Reads the topic to its present end.
   *
   * @param consumer without a group; closed by the caller
   */
  public static ControlLedger read(
      Consumer<String, byte[]> consumer,
      Producer<String, byte[]> producer,
      AvroSerde<TakeEvent> serde) {
    ControlLedger ledger = new ControlLedger(producer, serde);
    String topic = Topics.CONTROL.name();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(ledger::remember);
    }
    return ledger;
  }

  private void remember(ConsumerRecord<String, byte[]> record) {
    if (record.key() == null || !record.key().startsWith(KIND + "/")) {
      return;
    }
    String take = record.key().substring(KIND.length() + 1);
    if (record.value() == null) {
      events.remove(take);
      return;
    }
    try {
      events.put(take, serde.read(record.topic(), record.value()));
    } catch (UnreadableValueException e) {
      LOG.warn("progress of take {} cannot be read and is begun anew: {}", take, e.getMessage());
      events.remove(take);
    }
  }

  @Override
  public Optional<TakeEvent> of(String take) {
    return Optional.ofNullable(events.get(take));
  }

  @Override
  public void note(TakeEvent event) {
    events.put(event.getTake(), event);
    String topic = Topics.CONTROL.name();
    String key = Keys.event(KIND, event.getTake());
    producer.send(new ProducerRecord<>(topic, key, serde.write(topic, event)));
  }
}
