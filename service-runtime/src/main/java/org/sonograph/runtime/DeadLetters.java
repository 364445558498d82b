package org.sonograph.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.meters.Catalogue;

/** Sends dead letters, counts them and writes one line for each. */
public final class DeadLetters implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private final Producer<byte[], byte[]> producer;
  private final MeterRegistry meters;
  private final KafkaClientMetrics producerMetrics;

  /** Dead letters over a producer, which is closed with this. */
  public DeadLetters(Producer<byte[], byte[]> producer, MeterRegistry meters) {
    this.producer = producer;
    this.meters = meters;
    this.producerMetrics = new KafkaClientMetrics(producer);
    producerMetrics.bindTo(meters);
  }

  /** Dead letters of a service, over a producer of their own. */
  public static DeadLetters open(ServiceContext context) {
    return new DeadLetters(
        new KafkaProducer<>(
            context.kafka().producer(context.name() + "-dead-letters"),
            new ByteArraySerializer(),
            new ByteArraySerializer()),
        context.meters());
  }

  /** Returns when the broker has the letter; only then may the record itself be acknowledged. */
  public void send(
      ConsumerRecord<byte[], byte[]> record, String stage, String code, Throwable error) {
    send(record, new DeadLetter.Cause(stage, code, error));
  }

  /** Returns when the broker has the letter; only then may the record itself be acknowledged. */
  public void send(ConsumerRecord<byte[], byte[]> record, DeadLetter.Cause cause) {
    note(meters, record, cause);
    try {
      producer.send(DeadLetter.of(record, cause)).get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException(
          "dead letter of %s-%d@%d was not taken by the broker: %s"
              .formatted(
                  record.topic(), record.partition(), record.offset(), e.getCause().getMessage()),
          e.getCause());
    }
  }

  @Override
  public void close() {
    producerMetrics.close();
    producer.close();
  }

  /** Counts a dead letter and writes its line. */
  static void note(
      MeterRegistry meters, ConsumerRecord<byte[], byte[]> record, DeadLetter.Cause cause) {
    Catalogue.DEAD_LETTERS.counter(meters, record.topic(), cause.stage(), cause.code()).increment();
    LOG.warn(
        "dead letter: {} (stage={} code={} topic={} partition={} offset={} key={})",
        cause.message(),
        cause.stage(),
        cause.code(),
        record.topic(),
        record.partition(),
        record.offset(),
        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8));
  }
}
