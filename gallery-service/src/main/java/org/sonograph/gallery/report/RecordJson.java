package org.sonograph.gallery.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Records of messages as JSON, in the files of a take. {@link #tree} and {@link #read} are
 * inverses.
 */
public final class RecordJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordJson() {}

  /**
   * A record without unions is plain JSON in Avro's own encoding, with the field names of its
   * schema.
   */
  public static JsonNode tree(SpecificRecordBase value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(value.getSchema(), bytes);
    new SpecificDatumWriter<>(value.getSchema()).write(value, encoder);
    encoder.flush();
    return JSON.readTree(bytes.toByteArray());
  }

  /**
   * Reads a record; what the text lacks, as one of an older version does, comes from {@code
   * defaults}, which is changed.
   *
   * @throws IllegalArgumentException if it is no such record
   */
  public static <T extends SpecificRecordBase> T read(JsonNode node, T defaults)
      throws IOException {
    JsonNode merged = merged((ObjectNode) tree(defaults), node);
    try {
      return new SpecificDatumReader<T>(defaults.getSchema())
          .read(
              defaults,
              DecoderFactory.get()
                  .jsonDecoder(defaults.getSchema(), JSON.writeValueAsString(merged)));
    } catch (org.apache.avro.AvroTypeException | JsonProcessingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static ObjectNode merged(ObjectNode defaults, JsonNode over) {
    over.properties()
        .forEach(
            e -> {
              if (defaults.get(e.getKey()) instanceof ObjectNode inner
                  && e.getValue().isObject()
                  && !inner.isEmpty()) {
                merged(inner, e.getValue());
              } else if (defaults.has(e.getKey())) {
                defaults.set(e.getKey(), e.getValue());
              }
            });
    return defaults;
  }
}
