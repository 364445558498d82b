package org.sonograph.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Reads and writes one record type in Confluent's wire format.
 *
 * <p>The subject follows from the topic of each call, so one serde does for a topic, its
 * repartition and its changelog. Reading throws {@link UnreadableValueException} for bytes that can
 * never be read and {@link RegistryUnavailableException} when it is worth trying again.
 */
public final class AvroSerde<V extends SpecificRecord> implements Serde<V> {
  private final ValueWriter<V> writer;
  private final ValueReader<V> reader;

  public AvroSerde(Class<V> type, RegistryClient registry) {
    this.writer = new ValueWriter<>(type, registry);
    this.reader = new ValueReader<>(type, registry);
  }

  /** Serde of a topic's values. */
  public static <V extends SpecificRecord> AvroSerde<V> of(
      Topic<V> topic, RegistryClient registry) {
    return new AvroSerde<>(topic.valueType(), registry);
  }

  @Override
  public Serializer<V> serializer() {
    return writer;
  }

  @Override
  public Deserializer<V> deserializer() {
    return reader;
  }

  /** Bytes of {@code value} for {@code topic}. */
  public byte[] write(String topic, V value) {
    return writer.serialize(topic, value);
  }

  /** Value in {@code bytes}, which came from {@code topic}. */
  public V read(String topic, byte[] bytes) {
    return reader.deserialize(topic, bytes);
  }
}
