package org.sonograph.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.Serializer;

/** Writes byte 0, the schema id and the Avro binary form of a record. */
final class ValueWriter<V extends SpecificRecord> implements Serializer<V> {
  static final byte MAGIC = 0;
  static final int HEADER_BYTES = 5;

  private final Schema schema;
  private final RegistryClient registry;
  private final Map<String, Integer> idBySubject = new ConcurrentHashMap<>();

  ValueWriter(Class<V> type, RegistryClient registry) {
    this.schema = SpecificData.get().getSchema(type);
    this.registry = registry;
  }

  @Override
  public byte[] serialize(String topic, V value) {
    if (value == null) {
      return null;
    }
    int id = idBySubject.computeIfAbsent(Topic.subjectOf(topic), s -> registry.idOf(s, schema));
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    out.write(MAGIC);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new SpecificDatumWriter<V>(schema).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AssertionError("writing to memory does not fail", e);
    }
    if (out.size() > Topics.PAYLOAD_MAX_BYTES) {
      throw new RecordTooLargeException(
          "value of %d bytes, at most %d fit (topic=%s): make the chunk or picture smaller"
              .formatted(out.size(), Topics.PAYLOAD_MAX_BYTES, topic));
    }
    return out.toByteArray();
  }
}
