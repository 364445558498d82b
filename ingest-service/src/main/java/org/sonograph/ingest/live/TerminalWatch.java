package org.sonograph.ingest.live;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/**
 * Tells streams what came of their chunks, and when. It reads only the partitions in which their
 * takes end, from now on, and keeps no place.
 */
final class TerminalWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalWatch.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(3);

  /** A stream, as it is told. */
  interface Watched {
    /** Whether it wants to know. */
    boolean hasLadder();

    /** Its take; empty where it has none now. */
    String take();

    /** A terminal record of its take has come. */
    void heard(AudioOutput output, long nowMs);
  }

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<AudioOutput> serde;
  private final Supplier<? extends Collection<? extends Watched>> streams;
  private final Thread thread;
  private volatile boolean isClosed;
  private int partitions;

  /**
   * Begins to watch.
   *
   * @param consumer without a group; closed with this
   */
  TerminalWatch(
      Consumer<byte[], byte[]> consumer,
      AvroSerde<AudioOutput> serde,
      Supplier<? extends Collection<? extends Watched>> streams) {
    this.consumer = consumer;
    this.serde = serde;
    this.streams = streams;
    this.thread = Thread.ofPlatform().name("live-watch").daemon().start(this::run);
  }

  private void run() {
    boolean wasTold = false;
    while (!isClosed) {
      try {
        look();
        wasTold = false;
      } catch (InterruptException e) {
        Thread.interrupted();
      } catch (KafkaException e) {
        if (!wasTold) {
          LOG.warn("what comes of live chunks cannot be read now: {}", e.getMessage());
        }
        wasTold = true;
        rest();
      }
    }
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE));
  }

  private void rest() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      // told to close
    }
  }

  private void look() {
    String topic = Topics.AUDIO_OUTPUTS.name();
    if (partitions == 0) {
      partitions = consumer.partitionsFor(topic).size();
    }
    Set<TopicPartition> wanted =
        streams.get().stream()
            .filter(Watched::hasLadder)
            .filter(stream -> !stream.take().isEmpty())
            .map(s -> new TopicPartition(topic, Keys.partitionOf(Keys.take(s.take()), partitions)))
            .collect(Collectors.toSet());
    if (!wanted.equals(consumer.assignment())) {
      Set<TopicPartition> fresh =
          wanted.stream()
              .filter(p -> !consumer.assignment().contains(p))
              .collect(Collectors.toSet());
      consumer.assign(wanted);
      consumer.seekToEnd(fresh);
    }
    if (wanted.isEmpty()) {
      rest();
      return;
    }
    consumer.poll(POLL).forEach(this::tell);
  }

  private void tell(ConsumerRecord<byte[], byte[]> record) {
    Optional<ChunkHeaders> headers = ChunkHeaders.read(record.headers());
    List<? extends Watched> whose =
        streams.get().stream()
            .filter(s -> headers.filter(h -> h.take().equals(s.take())).isPresent())
            .toList();
    if (whose.isEmpty()) {
      return;
    }
    try {
      AudioOutput output = serde.read(record.topic(), record.value());
      whose.forEach(stream -> stream.heard(output, System.currentTimeMillis()));
    } catch (UnreadableValueException e) {
      LOG.debug("a record of a stream cannot be read: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
