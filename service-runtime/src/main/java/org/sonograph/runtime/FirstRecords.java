package org.sonograph.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.sonograph.runtime.meters.StageMeters;
import org.sonograph.schemas.ChunkHeaders;

/**
 * Looks at the record with which a partition's backlog begins: its age, and from its headers its
 * length. Records are large, so each is fetched once, and what is seen of a few of a topic stands
 * for all of them.
 */
final class FirstRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(300);
  private static final int POLLS = 3;
  private static final int SAMPLES = 16;

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Look> looks = new HashMap<>();
  private final Map<String, Deque<Sample>> samples = new HashMap<>();

  /** What lay at an offset; without a time where only marks of commits did. */
  private record Look(long offset, Optional<Long> timestampMs) {}

  /**
   * What a record says of its like.
   *
   * @param seconds sound it adds to its track
   * @param readings readings its chunk has
   * @param stride offsets from it to the next record
   */
  private record Sample(double seconds, int readings, long stride) {}

  /** Over a consumer without a group, closed with this. */
  FirstRecords(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** When the record at that place was written, if it has been looked at. */
  Optional<Long> writtenMs(TopicPartition partition, long offset) {
    return Optional.ofNullable(looks.get(partition))
        .filter(look -> look.offset() == offset)
        .flatMap(Look::timestampMs);
  }

  boolean isKnown(TopicPartition partition, long offset) {
    return looks.containsKey(partition) && looks.get(partition).offset() == offset;
  }

  /** Fetches the record at that place, and the one after it. */
  void look(TopicPartition partition, long offset) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    for (int i = 0; i < POLLS && found.size() < 2; i++) {
      consumer.poll(POLL).records(partition).forEach(found::add);
    }
    consumer.unsubscribe();
    looks.put(
        partition, new Look(offset, found.stream().map(ConsumerRecord::timestamp).findFirst()));
    if (!found.isEmpty()) {
      long stride = found.size() < 2 ? 0 : found.get(1).offset() - found.get(0).offset();
      ChunkHeaders.read(found.getFirst().headers())
          .ifPresent(headers -> keep(partition.topic(), headers, stride));
    }
  }

  private void keep(String topic, ChunkHeaders headers, long stride) {
    Deque<Sample> kept = samples.computeIfAbsent(topic, name -> new ArrayDeque<>());
    kept.addLast(
        new Sample(
            StageMeters.seconds(headers.toPlace()),
            Math.max(1, headers.readings().size()),
            stride));
    if (kept.size() > SAMPLES) {
      kept.removeFirst();
    }
  }

  /** Mean sound of a topic's chunks, seconds; empty before the first look. */
  OptionalDouble seconds(String topic) {
    return mean(topic, Sample::seconds);
  }

  /** Mean number of readings of its chunks; 1 before the first look. */
  double readings(String topic) {
    return mean(topic, Sample::readings).orElse(1);
  }

  /** Mean number of offsets a record takes, with the marks between them; 1 where not known. */
  double stride(String topic) {
    return samples.getOrDefault(topic, new ArrayDeque<>()).stream()
        .filter(s -> s.stride() > 0)
        .mapToDouble(Sample::stride)
        .average()
        .orElse(1);
  }

  private OptionalDouble mean(String topic, ToDoubleFunction<Sample> what) {
    return samples.getOrDefault(topic, new ArrayDeque<>()).stream().mapToDouble(what).average();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
