package org.sonograph.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a record with our own schema, whatever version it was written with.
 *
 * <p>Classes come from our schema alone; nothing the writer names is ever loaded.
 */
final class ValueReader<V extends SpecificRecord> implements Deserializer<V> {
  private final Schema ours;
  private final RegistryClient registry;

  ValueReader(Class<V> type, RegistryClient registry) {
    this.ours = SpecificData.get().getSchema(type);
    this.registry = registry;
  }

  @Override
  public V deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    if (bytes.length < ValueWriter.HEADER_BYTES || bytes[0] != ValueWriter.MAGIC) {
      throw new UnreadableValueException(
          "value of %d bytes%s, expected byte 0, a 4-byte schema id and Avro (topic=%s)"
              .formatted(
                  bytes.length,
                  bytes.length == 0 ? "" : " starting with " + (bytes[0] & 0xff),
                  topic));
    }
    int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    Schema theirs = registry.schemaOf(id);
    if (theirs.getType() != Schema.Type.RECORD
        || !theirs.getFullName().equals(ours.getFullName())) {
      throw new UnreadableValueException(
          "value is a %s (schema id %d), expected %s (topic=%s)"
              .formatted(theirs.getFullName(), id, ours.getFullName(), topic));
    }
    try {
      return decode(bytes, theirs);
    } catch (IOException
        | AvroRuntimeException
        | UnsupportedOperationException
        | IndexOutOfBoundsException
        | ClassCastException
        | IllegalArgumentException
        | NegativeArraySizeException
        | StackOverflowError e) {
      throw new UnreadableValueException(
          "value of %d bytes is not a %s as schema id %d wrote it: %s (topic=%s)"
              .formatted(bytes.length, ours.getName(), id, reason(e), topic),
          e);
    }
  }

  private V decode(byte[] bytes, Schema theirs) throws IOException {
    int length = bytes.length - ValueWriter.HEADER_BYTES;
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, ValueWriter.HEADER_BYTES, length, null);
    V value = new SpecificDatumReader<V>(theirs, ours).read(null, decoder);
    if (!decoder.isEnd()) {
      throw new AvroRuntimeException("bytes are left over after the record");
    }
    return value;
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? "the bytes end too early" : e.getMessage();
  }
}
