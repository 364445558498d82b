package org.sonograph.launcher.ancestry;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Place;
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

  private record Spot(TopicPartition partition, long offset, long dueMs) {}

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
    scan(
        consumer,
        (headers, record) -> {
          if (headers.take().equals(take)) {
            kept.note(headers, record);
          }
        });
    return kept;
  }

  /**
   * Looks through the topic for what a live stream was painted from, its stand-ins left out.
   *
   * @param consumer as in {@link #find}
   * @return the stream's takes, the earliest first
   */
  public static List<KeptChunks> ofStream(
      Consumer<byte[], byte[]> consumer, AvroSerde<AudioChunk> serde, String stream) {
    Map<String, KeptChunks> takes = new HashMap<>();
    scan(
        consumer,
        (headers, record) -> {
          Place place = headers.toPlace();
          if (place.getStream().equals(stream) && !place.getStandIn()) {
            takes
                .computeIfAbsent(headers.take(), take -> new KeptChunks(consumer, serde, take))
                .note(headers, record);
          }
        });
    return takes.values().stream()
        .filter(take -> !take.spots.isEmpty())
        .sorted(Comparator.comparingLong(take -> take.dueMs(take.spots.firstKey())))
        .toList();
  }

  private static void scan(
      Consumer<byte[], byte[]> consumer,
      BiConsumer<ChunkHeaders, ConsumerRecord<byte[], byte[]>> found) {
    String topic = Topics.AUDIO_CHUNKS.name();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        ChunkHeaders.read(record.headers()).ifPresent(headers -> found.accept(headers, record));
      }
    }
  }

  private void note(ChunkHeaders headers, ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      long dueMs = headers.toPlace().getDueMs();
      spots.put(headers.chunk(), new Spot(partition, record.offset(), dueMs));
      total = Math.max(total, headers.toPlace().getTotalChunks());
    }
  }

  /** The take. */
  public String take() {
    return take;
  }

  /** When a chunk was to be heard, milliseconds since 1970; 0 = it is not live. */
  long dueMs(long chunk) {
    return spots.get(chunk).dueMs();
  }

  /** Numbers of the chunks that are there. */
  SortedSet<Long> numbers() {
    return new TreeSet<>(spots.keySet());
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
