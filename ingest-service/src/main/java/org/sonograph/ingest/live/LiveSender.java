package org.sonograph.ingest.live;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.ingest.send.TakeSender;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.Topics;

/**
 * Sends the chunks of streams, stand-ins first, and never holds a stream up: while the broker does
 * not take any, the oldest are dropped, and what would not be heard is not sent.
 */
final class LiveSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSender.class);
  private static final int MOST_WAITING = 8;
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  private final Producer<String, byte[]> producer;
  private final AvroSerde<AudioChunk> serde;
  private final LiveMeters meters;
  private final BlockingQueue<LiveChunk> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private volatile boolean isClosed;

  LiveSender(Producer<String, byte[]> producer, AvroSerde<AudioChunk> serde, LiveMeters meters) {
    this.producer = producer;
    this.serde = serde;
    this.meters = meters;
    this.thread = Thread.ofPlatform().name("live-sender").daemon().start(this::run);
  }

  /** Takes a chunk; returns at once. */
  void send(LiveChunk chunk) {
    while (!waiting.offer(chunk)) {
      Optional.ofNullable(waiting.poll()).ifPresent(old -> meters.dropped());
    }
  }

  private void run() {
    while (!isClosed || !waiting.isEmpty()) {
      try {
        LiveChunk chunk = waiting.poll(LAST_WORDS.toMillis() / 10, TimeUnit.MILLISECONDS);
        if (chunk != null) {
          pass(chunk);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void pass(LiveChunk chunk) {
    boolean isLast = chunk.main().getPlace().getTotalChunks() > 0;
    if (System.currentTimeMillis() >= chunk.dueMs() && !isLast) {
      meters.dropped();
      return;
    }
    try {
      send(chunk.standIn());
      send(chunk.main());
      meters.sent(chunk.main().getPlace());
    } catch (KafkaException e) {
      meters.dropped();
      LOG.warn("a chunk of {} is lost: {}", chunk.main().getPlace().getStream(), e.getMessage());
    }
  }

  private void send(AudioChunk chunk) {
    Place place =
        Place.newBuilder(chunk.getPlace()).setClosedMs(System.currentTimeMillis()).build();
    AudioChunk closed = AudioChunk.newBuilder(chunk).setPlace(place).build();
    String topic = Topics.AUDIO_CHUNKS.name();
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, Keys.chunk(place), serde.write(topic, closed));
    ChunkHeaders.write(record.headers(), place, closed.getSource(), closed.getInterpretation());
    HopWork.first(TakeSender.STAGE, Optional.empty()).writeTo(record.headers());
    producer.send(
        record,
        (metadata, error) -> {
          if (error != null) {
            meters.dropped();
            LOG.warn(
                "the broker did not take a chunk: {} (take={} chunk={})",
                error.getMessage(),
                place.getTake(),
                place.getChunk());
          }
        });
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      if (!thread.join(LAST_WORDS)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
