package org.sonograph.gallery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.live.LivePiece;
import org.sonograph.gallery.live.LiveStreams;
import org.sonograph.gallery.live.WallPicture;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.RegistryUnavailableException;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/**
 * Follows the sound and the pictures of live streams: from a minute ago at its start, since that
 * may still be due, and then for ever, whatever happens to the broker. Values are read only where a
 * record's headers say that it is live.
 */
final class LiveReader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration BACK = Duration.ofMinutes(1);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Serdes serdes;
  private final LiveStreams streams;
  private final LongSupplier wallMs;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private volatile Consumer<byte[], byte[]> consumer;
  private volatile boolean stopping;

  /** What reads the values of the topics that are followed. */
  record Serdes(AvroSerde<AudioOutput> sounds, AvroSerde<DiffusedImage> pictures) {}

  /**
   * A reader.
   *
   * @param consumers makes a consumer, anew where one has failed
   * @param wallMs the wall clock
   */
  LiveReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Serdes serdes,
      LiveStreams streams,
      LongSupplier wallMs) {
    this.consumers = consumers;
    this.serdes = serdes;
    this.streams = streams;
    this.wallMs = wallMs;
  }

  @Override
  public void run() {
    while (!stopping) {
      try (Consumer<byte[], byte[]> reading = consumers.get()) {
        consumer = reading;
        follow(reading);
      } catch (WakeupException e) {
        LOG.debug("woken up to stop");
      } catch (InterruptException e) {
        stopping = true;
      } catch (RuntimeException e) {
        // whatever it was, listeners would hear that nobody reads any more
        LOG.warn("live sound cannot be read, trying again; streams go on: {}", e.toString());
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void follow(Consumer<byte[], byte[]> reading) {
    List<TopicPartition> all = new ArrayList<>(partitions(reading, Topics.AUDIO_OUTPUTS.name()));
    all.addAll(partitions(reading, Topics.DIFFUSED_IMAGES.name()));
    reading.assign(all);
    start(reading, all);
    while (!stopping) {
      for (ConsumerRecord<byte[], byte[]> record : reading.poll(POLL)) {
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        put(record);
      }
      streams.sweep();
    }
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> reading, String topic) {
    List<TopicPartition> all =
        reading.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    if (all.isEmpty()) {
      throw new KafkaException(topic + " has no partitions yet");
    }
    return all;
  }

  private void start(Consumer<byte[], byte[]> reading, List<TopicPartition> all) {
    long since = wallMs.getAsLong() - BACK.toMillis();
    Map<TopicPartition, OffsetAndTimestamp> then =
        reading.offsetsForTimes(all.stream().collect(Collectors.toMap(p -> p, p -> since)));
    Map<TopicPartition, Long> ends = reading.endOffsets(all);
    for (TopicPartition partition : all) {
      OffsetAndTimestamp found = then.get(partition);
      long first = found == null ? ends.get(partition) : found.offset();
      reading.seek(partition, next.getOrDefault(partition, first));
    }
  }

  private void put(ConsumerRecord<byte[], byte[]> record) {
    String stream =
        ChunkHeaders.read(record.headers())
            .filter(ChunkHeaders::isLive)
            .map(headers -> headers.toPlace().getStream())
            .orElse("");
    if (stream.isEmpty() || record.value() == null) {
      return;
    }
    try {
      if (record.topic().equals(Topics.DIFFUSED_IMAGES.name())) {
        WallPicture.of(serdes.pictures().read(record.topic(), record.value()))
            .ifPresent(picture -> streams.walls().put(stream, picture));
      } else {
        streams.put(stream, LivePiece.of(serdes.sounds().read(record.topic(), record.value())));
      }
    } catch (IOException
        | UnreadableValueException
        | RegistryUnavailableException
        | IllegalArgumentException
        | ArithmeticException e) {
      LOG.warn(
          "a piece of stream {} is left out ({}-{}@{}): {}",
          stream,
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  void stop() {
    stopping = true;
    Consumer<byte[], byte[]> last = consumer;
    if (last != null) {
      last.wakeup();
    }
  }
}
