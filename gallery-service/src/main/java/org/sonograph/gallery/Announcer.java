package org.sonograph.gallery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.TakeEvent;
import org.sonograph.schemas.Topics;

/** Says on the control topic that a take is closed. */
public final class Announcer implements AutoCloseable {
  /** Kind of the event, and the beginning of its key. */
  public static final String CLOSED = "closed";

  private static final long PATIENCE_SECONDS = 10;

  private final Producer<byte[], byte[]> producer;
  private final AvroSerde<TakeEvent> events;
  private final Clock clock;

  Announcer(Producer<byte[], byte[]> producer, AvroSerde<TakeEvent> events, Clock clock) {
    this.producer = producer;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Sends one event for the take and one for every take that repaired it; returns once the broker
   * has them.
   */
  void announce(TakeState take) throws ExecutionException, TimeoutException, InterruptedException {
    for (String repair : take.repairs()) {
      send(take, repair);
    }
    send(take, take.take());
  }

  private void send(TakeState take, String id)
      throws ExecutionException, TimeoutException, InterruptedException {
    TakeEvent event =
        TakeEvent.newBuilder()
            .setTake(id)
            .setKind(CLOSED)
            .setChunks(
                take.readings().values().stream()
                    .mapToLong(r -> r.received().size())
                    .max()
                    .orElse(0))
            .setComplete(true)
            .setOutcome(take.outcome().text())
            .setFailures(take.failedRecords())
            .setFolder(take.folder().getFileName().toString())
            .setTimeMs(clock.millis())
            .build();
    String topic = Topics.CONTROL.name();
    byte[] key = Keys.event(CLOSED, id).getBytes(StandardCharsets.UTF_8);
    producer
        .send(new ProducerRecord<>(topic, key, events.write(topic, event)))
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ofSeconds(2));
  }
}
