package org.sonograph.launcher.watch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.sonograph.gallery.Announcer;
import org.sonograph.ingest.send.SentLedger;
import org.sonograph.runtime.DeadLetter;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.RegistryUnavailableException;
import org.sonograph.schemas.TakeEvent;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/**
 * Follows the control topic and the dead letters of the last day; each call reads what is new since
 * the one before.
 */
final class NewsReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration DAY = Duration.ofDays(1);
  private static final String SENT = SentLedger.KIND + "/";
  private static final String CLOSED = Announcer.CLOSED + "/";

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<TakeEvent> events;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Set<String> sent = new HashSet<>();
  private final Map<String, TakeEvent> closed = new HashMap<>();
  private boolean isRegistryAway;
  private long letters;
  private String lastLetter = "";

  NewsReader(Consumer<byte[], byte[]> consumer, RegistryClient registry) {
    this.consumer = consumer;
    this.events = AvroSerde.of(Topics.CONTROL, registry);
  }

  PipelineState.News read(long nowMs) {
    Set<TopicPartition> partitions =
        consumer.listTopics().entrySet().stream()
            .filter(
                t -> t.getKey().equals(Topics.CONTROL.name()) || Topics.isDeadLetter(t.getKey()))
            .flatMap(t -> t.getValue().stream())
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .collect(Collectors.toSet());
    isRegistryAway = false;
    begin(partitions, nowMs - DAY.toMillis());
    follow(partitions);
    long open = sent.stream().filter(take -> !closed.containsKey(take)).count();
    long failed =
        closed.values().stream()
            .filter(event -> event.getTimeMs() >= nowMs - DAY.toMillis())
            .mapToLong(TakeEvent::getFailures)
            .sum();
    return new PipelineState.News(open, closed.size(), failed, letters, lastLetter);
  }

  private void begin(Set<TopicPartition> partitions, long sinceMs) {
    Set<TopicPartition> fresh =
        partitions.stream().filter(p -> !next.containsKey(p)).collect(Collectors.toSet());
    Map<TopicPartition, Long> ends = consumer.endOffsets(fresh);
    Map<TopicPartition, OffsetAndTimestamp> since =
        consumer.offsetsForTimes(fresh.stream().collect(Collectors.toMap(p -> p, p -> sinceMs)));
    for (TopicPartition p : fresh) {
      OffsetAndTimestamp found = since.get(p);
      next.put(p, found == null ? ends.get(p) : found.offset());
    }
    Set<TopicPartition> control =
        fresh.stream()
            .filter(p -> p.topic().equals(Topics.CONTROL.name()))
            .collect(Collectors.toSet());
    next.putAll(consumer.beginningOffsets(control));
  }

  private void follow(Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Set<TopicPartition> behind =
        partitions.stream().filter(p -> next.get(p) < ends.get(p)).collect(Collectors.toSet());
    if (behind.isEmpty()) {
      return;
    }
    consumer.assign(behind);
    behind.forEach(p -> consumer.seek(p, next.get(p)));
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until
        && behind.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      consumer.poll(POLL).forEach(this::note);
    }
    behind.forEach(p -> next.put(p, consumer.position(p)));
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    if (Topics.isDeadLetter(record.topic())) {
      letters++;
      lastLetter =
          "%s: %s at %s"
              .formatted(
                  record.topic(),
                  DeadLetter.text(record.headers(), DeadLetter.CODE).orElse("?"),
                  DeadLetter.text(record.headers(), DeadLetter.STAGE).orElse("?"));
      return;
    }
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (key.startsWith(SENT)) {
      keep(sent, key.substring(SENT.length()), record.value() != null);
    } else if (key.startsWith(CLOSED)) {
      String take = key.substring(CLOSED.length());
      if (record.value() == null) {
        closed.remove(take);
      } else {
        closed.put(take, event(record));
      }
    }
  }

  private static void keep(Set<String> takes, String take, boolean isThere) {
    if (isThere) {
      takes.add(take);
    } else {
      takes.remove(take);
    }
  }

  /** That a take is closed, the key tells; the value only adds how. */
  private TakeEvent event(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (!isRegistryAway) {
        return events.read(record.topic(), record.value());
      }
    } catch (RegistryUnavailableException e) {
      isRegistryAway = true; // asking it for every one of them would take long
    } catch (UnreadableValueException e) {
      return TakeEvent.newBuilder().build();
    }
    return TakeEvent.newBuilder().build();
  }
}
