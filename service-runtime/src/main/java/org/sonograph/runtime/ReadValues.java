package org.sonograph.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * First processor of a stream whose source gives bytes: sends values to one child and dead letters
 * to another, a sink that writes bytes.
 *
 * <p>Both leave in the stream's own transaction.
 */
public final class ReadValues<V extends SpecificRecord>
    implements Processor<byte[], byte[], Object, Object> {
  private final RecordReader<V> reader;
  private final Children children;
  private final MeterRegistry meters;
  private ProcessorContext<Object, Object> context;

  /**
   * Names of the nodes below.
   *
   * @param values takes key text and value
   * @param deadLetters takes key bytes and value bytes: a sink to the dead-letter topic
   */
  public record Children(String values, String deadLetters) {}

  private ReadValues(RecordReader<V> reader, Children children, MeterRegistry meters) {
    this.reader = reader;
    this.children = children;
    this.meters = meters;
  }

  /** Makes a new processor for each task. */
  public static <V extends SpecificRecord> ProcessorSupplier<byte[], byte[], Object, Object> of(
      RecordReader<V> reader, Children children, MeterRegistry meters) {
    return () -> new ReadValues<>(reader, children, meters);
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ConsumerRecord<byte[], byte[]> original = original(record, context.recordMetadata());
    String key = RecordReader.key(record.key());
    switch (reader.read(original)) {
      case ReadResult.Readable<V> r ->
          context.forward(record.withKey(key).withValue(r.value()), children.values());
      case ReadResult.Unreadable<V> u -> {
        DeadLetters.note(meters, original, u.cause());
        context.forward(
            record.withHeaders(DeadLetter.headers(original, u.cause())), children.deadLetters());
        u.failed()
            .ifPresent(v -> context.forward(record.withKey(key).withValue(v), children.values()));
      }
    }
  }

  private static ConsumerRecord<byte[], byte[]> original(
      Record<byte[], byte[]> record, Optional<RecordMetadata> metadata) {
    return new ConsumerRecord<>(
        metadata.map(RecordMetadata::topic).orElse(""),
        metadata.map(RecordMetadata::partition).orElse(0),
        metadata.map(RecordMetadata::offset).orElse(0L),
        record.timestamp(),
        TimestampType.CREATE_TIME,
        record.key() == null ? 0 : record.key().length,
        record.value() == null ? 0 : record.value().length,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }
}
