package org.sonograph.launcher.ancestry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Topics;

/**
 * The sound of a take that is still on {@code audio.outputs}. One record at a time is in memory.
 */
public final class HeardOutputs {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MOST_POLLS = 20;

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<AudioOutput> serde;
  private final Map<Key, Spot> spots = new HashMap<>();

  private record Key(long chunk, String reading) {}

  /** Where a record lies, and why it is silent; "" where it sounds. */
  private record Spot(TopicPartition partition, long offset, String failure) {}

  private HeardOutputs(Consumer<byte[], byte[]> consumer, AvroSerde<AudioOutput> serde) {
    this.consumer = consumer;
    this.serde = serde;
  }

  /**
   * Looks through the partition of a take, from its beginning to its present end.
   *
   * @param consumer without a group, used as long as the outputs are
   */
  public static HeardOutputs of(
      Consumer<byte[], byte[]> consumer, AvroSerde<AudioOutput> serde, String take) {
    HeardOutputs heard = new HeardOutputs(consumer, serde);
    TopicPartition partition = partition(consumer, take);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (isOf(record, take)) {
          AudioOutput output = serde.read(record.topic(), record.value());
          String failure = output.getFailure() == null ? "" : output.getFailure().getCode();
          heard.spots.putIfAbsent(
              new Key(output.getPlace().getChunk(), output.getReading()),
              new Spot(partition, record.offset(), failure));
        }
      }
    }
    return heard;
  }

  /** Where all records of a take lie. */
  public static TopicPartition partition(Consumer<?, ?> consumer, String take) {
    String topic = Topics.AUDIO_OUTPUTS.name();
    int partitions = consumer.partitionsFor(topic).size();
    return new TopicPartition(topic, Keys.partitionOf(Keys.take(take), partitions));
  }

  /** Whether a record is of that take. */
  public static boolean isOf(ConsumerRecord<byte[], byte[]> record, String take) {
    return record.value() != null
        && ChunkHeaders.read(record.headers()).filter(h -> h.take().equals(take)).isPresent();
  }

  /** Why a chunk was not heard as painted; "" where it was. */
  public String failure(long chunk, String reading) {
    Spot spot = spots.get(new Key(chunk, reading));
    return spot == null ? "not on " + Topics.AUDIO_OUTPUTS.name() : spot.failure();
  }

  /** A record; empty where it is not there any more. */
  public Optional<AudioOutput> read(long chunk, String reading) {
    Spot spot = spots.get(new Key(chunk, reading));
    if (spot == null) {
      return Optional.empty();
    }
    consumer.assign(List.of(spot.partition()));
    consumer.seek(spot.partition(), spot.offset());
    for (int i = 0; i < MOST_POLLS; i++) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() >= spot.offset()) {
          return record.offset() == spot.offset()
              ? Optional.of(serde.read(record.topic(), record.value()))
              : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
