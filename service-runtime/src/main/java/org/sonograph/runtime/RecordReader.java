package org.sonograph.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.FailureRecords;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.RegistryUnavailableException;
import org.sonograph.schemas.Topic;
import org.sonograph.schemas.UnreadableValueException;

/**
 * Reads the values of one topic for one stage; an unreadable value becomes a dead letter and, where
 * the headers are whole, a record with {@code failure} set that travels on like any other.
 */
public final class RecordReader<V extends SpecificRecord> {
  /** Code of bytes that cannot be read. */
  public static final String UNREADABLE = "unreadable";

  private final Topic<V> topic;
  private final AvroSerde<V> serde;
  private final String stage;

  /**
   * A reader.
   *
   * @param stage name of the service that reads, as it stands in failures
   */
  public RecordReader(Topic<V> topic, RegistryClient registry, String stage) {
    this.topic = topic;
    this.serde = AvroSerde.of(topic, registry);
    this.stage = stage;
  }

  /** Stage this reads for. */
  public String stage() {
    return stage;
  }

  /**
   * Reads one record.
   *
   * @throws RegistryUnavailableException if it is worth trying again later
   */
  public ReadResult<V> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.value() == null) {
        throw new UnreadableValueException(
            "value is missing, expected a " + topic.valueType().getSimpleName());
      }
      return new ReadResult.Readable<>(serde.read(topic.name(), record.value()));
    } catch (UnreadableValueException e) {
      DeadLetter.Cause cause = new DeadLetter.Cause(stage, UNREADABLE, e);
      return new ReadResult.Unreadable<>(cause, failed(record, cause));
    }
  }

  private Optional<V> failed(ConsumerRecord<byte[], byte[]> record, DeadLetter.Cause cause) {
    Failure failure =
        Failure.newBuilder()
            .setStage(cause.stage())
            .setCode(cause.code())
            .setReason(cause.message())
            .build();
    return ChunkHeaders.read(record.headers())
        .filter(h -> FailureRecords.canCarry(topic.valueType()))
        .map(h -> FailureRecords.of(topic.valueType(), h, failure));
  }

  /** Text of a key; empty for none. */
  public static String key(byte[] key) {
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }
}
