package org.sonograph.launcher.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads single partitions from a moment to their present end, and remembers what it read. */
final class Stretches {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Map<String, Integer> partitions = new HashMap<>();
  private final List<Stretch> read = new ArrayList<>();

  /**
   * What was read of a partition.
   *
   * @param kept offset of the oldest record that is still there
   * @param from offset of the first one read
   * @param to offset after the last one read
   */
  record Stretch(TopicPartition partition, long kept, long from, long to) {
    @Override
    public String toString() {
      return "%s @%d..%d".formatted(partition, from, to);
    }
  }

  /** Reads by a consumer without a group that takes committed records only. */
  Stretches(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
    consumer.listTopics().forEach((topic, its) -> partitions.put(topic, its.size()));
  }

  /** The one partition that is chosen by their number; none where the topic is not there. */
  Set<TopicPartition> partition(String topic, IntUnaryOperator choice) {
    Integer count = partitions.get(topic);
    return count == null ? Set.of() : Set.of(new TopicPartition(topic, choice.applyAsInt(count)));
  }

  /** All partitions of the topics whose names are wanted. */
  Set<TopicPartition> all(Predicate<String> wanted) {
    return partitions.keySet().stream()
        .filter(wanted)
        .flatMap(t -> IntStream.range(0, partitions.get(t)).mapToObj(p -> new TopicPartition(t, p)))
        .collect(Collectors.toSet());
  }

  /** Reads all that was written since. */
  void read(
      Set<TopicPartition> which, long sinceMs, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    if (which.isEmpty()) {
      return;
    }
    consumer.assign(which);
    Map<TopicPartition, Long> kept = consumer.beginningOffsets(which);
    Map<TopicPartition, Long> ends = consumer.endOffsets(which);
    Map<TopicPartition, OffsetAndTimestamp> since =
        consumer.offsetsForTimes(
            which.stream().collect(Collectors.toMap(p -> p, p -> Math.max(0, sinceMs))));
    for (TopicPartition p : which) {
      OffsetAndTimestamp found = since.get(p);
      long from = found == null ? ends.get(p) : found.offset();
      consumer.seek(p, from);
      read.add(new Stretch(p, kept.get(p), from, ends.get(p)));
    }
    drain(ends, each);
  }

  private void drain(
      Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    long left = left(ends);
    long progress = System.nanoTime();
    while (left > 0) {
      consumer.poll(POLL).forEach(each);
      long now = left(ends);
      if (now < left) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
        throw new TimeoutException(
            "it gave nothing for %d s though %d offsets are left"
                .formatted(PATIENCE.toSeconds(), now));
      }
      left = now;
    }
  }

  private long left(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(e -> Math.max(0, e.getValue() - consumer.position(e.getKey())))
        .sum();
  }

  /** What was read so far. */
  List<Stretch> all() {
    return List.copyOf(read);
  }
}
