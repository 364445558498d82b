package org.sonograph.launcher.journey;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Topics;

/**
 * Finds the records of chunks in the partitions where their keys lie; of the later topics, only
 * what was written since the chunk began.
 */
public final class JourneySearch {
  /** How far clocks of machines may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(10);

  private final Consumer<byte[], byte[]> consumer;
  private final SightingReader reader;

  /**
   * A search.
   *
   * @param consumer without a group, of committed records
   */
  public JourneySearch(Consumer<byte[], byte[]> consumer, SightingReader reader) {
    this.consumer = consumer;
    this.reader = reader;
  }

  /** All records of one chunk. */
  public Journey chunk(Keys.ChunkKey chunk) {
    Stretches stretches = new Stretches(consumer);
    String key = Keys.chunk(chunk.take(), chunk.chunk());
    List<Sighting> found = new ArrayList<>();
    String first = Topics.AUDIO_CHUNKS.name();
    Set<TopicPartition> begin = new HashSet<>(byKey(stretches, first, key));
    begin.addAll(stretches.partition(first, n -> Keys.partitionOfTake(chunk.take(), n)));
    stretches.read(begin, 0, record -> note(record, chunk, found));
    long since = found.stream().mapToLong(Sighting::writtenMs).min().orElse(0) - CLOCKS.toMillis();
    Set<TopicPartition> later = new HashSet<>(byKey(stretches, Topics.deadLetter(first), key));
    for (String topic : List.of(Topics.SPECTROGRAM_IMAGES.name(), Topics.DIFFUSED_IMAGES.name())) {
      later.addAll(byKey(stretches, topic, key));
      later.addAll(byKey(stretches, Topics.deadLetter(topic), key));
    }
    String last = Topics.AUDIO_OUTPUTS.name();
    later.addAll(byKey(stretches, last, Keys.take(chunk.take())));
    later.addAll(byKey(stretches, Topics.deadLetter(last), Keys.take(chunk.take())));
    stretches.read(later, since, record -> note(record, chunk, found));
    return new Journey(chunk, found, stretches.all(), reader.trouble());
  }

  /** The terminal records and dead letters of one take. */
  public TakeJourney take(String take, long chunksSent) {
    Stretches stretches = new Stretches(consumer);
    List<Sighting> found = new ArrayList<>();
    Set<TopicPartition> partitions = new HashSet<>(stretches.all(Topics::isDeadLetter));
    partitions.addAll(byKey(stretches, Topics.AUDIO_OUTPUTS.name(), Keys.take(take)));
    stretches.read(
        partitions,
        0,
        record -> {
          if (ChunkHeaders.read(record.headers()).filter(h -> h.take().equals(take)).isPresent()) {
            found.add(reader.read(record));
          }
        });
    return TakeJourney.of(take, chunksSent, found, stretches.all());
  }

  private static Set<TopicPartition> byKey(Stretches stretches, String topic, String key) {
    return stretches.partition(topic, n -> Keys.partitionOf(key, n));
  }

  private void note(
      ConsumerRecord<byte[], byte[]> record, Keys.ChunkKey chunk, List<Sighting> found) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    Optional<ChunkHeaders> headers = ChunkHeaders.read(record.headers());
    boolean isByKey = Keys.parseChunk(key).filter(chunk::equals).isPresent();
    boolean isByHeaders =
        headers
            .filter(h -> h.take().equals(chunk.take()) && h.chunk() == chunk.chunk())
            .isPresent();
    if (isByKey || isByHeaders) {
      found.add(reader.read(record));
    }
  }
}
