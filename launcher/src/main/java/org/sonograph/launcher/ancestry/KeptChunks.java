package org.sonograph.launcher.ancestry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/**
 * The chunks of a take that are still on {@code audio.chunks}: where each lies, and its sound when
 * it is wanted. One chunk at a time is in memory.
 */
public final class KeptChunks {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MOST_POLLS = 20;

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<AudioChunk> serde;
  private final String take;
  private final SortedMap<Long, Spot> spots = new TreeMap<>();
  private long total;

  private record Spot(TopicPartition partition, long offset) {}

  private KeptChunks(Consumer<byte[], byte[]> consumer, AvroSerde<AudioChunk> serde, String take) {
    this.consumer = consumer;
    this.serde = serde;
    this.take = take;
  }

  /**
   * Looks through the topic, from its beginning to its present end.
   *
   * @param consumer without a group, used until the last chunk was read
   */
  public static KeptChunks find(
      Consumer<byte[], byte[]> consumer, AvroSerde<AudioChunk> serde, String take) {
    KeptChunks kept = new KeptChunks(consumer, serde, take);
    String topic = Topics.AUDIO_CHUNKS.name();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(POLL).forEach(kept::note);
    }
    return kept;
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    Optional<ChunkHeaders> headers =
        ChunkHeaders.read(record.headers()).filter(h -> h.take().equals(take));
    if (headers.isPresent() && record.value() != null) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      spots.put(headers.get().chunk(), new Spot(partition, record.offset()));
      total = Math.max(total, headers.get().place().getTotalChunks());
    }
  }

  /** How many chunks the take has; 0 where its last one is not there. */
  public long total() {
    return total;
  }

  /** Why the take cannot be sent again from here; empty where all of it is here. */
  public Optional<String> gap() {
    String topic = Topics.AUDIO_CHUNKS.name();
    if (spots.isEmpty()) {
      return Optional.of("none of its chunks is on %s".formatted(topic));
    }
    if (total == 0) {
      return Optional.of("its last chunk is not on %s".formatted(topic));
    }
    long there = spots.headMap(total).size();
    return there == total
        ? Optional.empty()
        : Optional.of(
            "%d of its %d chunks are no longer on %s".formatted(total - there, total, topic));
  }

  /** A chunk, which must be there. */
  public AudioChunk read(long chunk) {
    Spot spot = spots.get(chunk);
    consumer.assign(List.of(spot.partition()));
    consumer.seek(spot.partition(), spot.offset());
    for (int i = 0; i < MOST_POLLS; i++) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() == spot.offset()) {
          return value(record, chunk);
        }
        if (record.offset() > spot.offset()) {
          throw gone(chunk, "it was deleted meanwhile");
        }
      }
    }
    throw gone(chunk, "the broker does not answer");
  }

  private AudioChunk value(ConsumerRecord<byte[], byte[]> record, long chunk) {
    try {
      return serde.read(record.topic(), record.value());
    } catch (UnreadableValueException e) {
      throw gone(chunk, e.getMessage());
    }
  }

  private CommandFailure gone(long chunk, String why) {
    return new CommandFailure(
        ExitCode.UNAVAILABLE,
        "chunk %d of take %s cannot be read from %s: %s; --from source takes the source in again"
            .formatted(chunk, take, Topics.AUDIO_CHUNKS.name(), why));
  }
}
