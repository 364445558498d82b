package org.sonograph.schemas;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Names of takes: the same source, interpretation and occurrence give the same name, anything else
 * another.
 */
public final class TakeIds {
  /** Characters of an id. */
  public static final int LENGTH = 20;

  private static final String PRESET = "preset";

  private TakeIds() {}

  /**
   * Id of a take.
   *
   * @param sourceId SHA-256 of a file's bytes, or name and start time of a stream
   * @param interpretation with its seed; only values that differ from the schema's defaults count,
   *     so a field added later leaves the names of earlier takes as they are
   * @param occurrence how many equal takes came before it in the job, from 0
   * @return {@value #LENGTH} hexadecimal digits
   */
  public static String take(String sourceId, Interpretation interpretation, long occurrence) {
    MessageDigest digest = sha256();
    add(digest, "source", sourceId);
    addRecord(digest, "interpretation", interpretation);
    add(digest, "occurrence", Long.toString(occurrence));
    return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
  }

  static void addRecord(MessageDigest digest, String path, SpecificRecord record) {
    for (Schema.Field field : record.getSchema().getFields()) {
      if (record instanceof Interpretation && field.name().equals(PRESET)) {
        // what the settings were once called changes nothing about them
        continue;
      }
      Object value = record.get(field.pos());
      boolean isPlain = !(value instanceof SpecificRecord);
      if (!isPlain || !value.equals(SpecificData.get().getDefaultValue(field))) {
        addValue(digest, path + "." + field.name(), value);
      }
    }
  }

  private static void addValue(MessageDigest digest, String path, Object value) {
    switch (value) {
      case SpecificRecord record -> addRecord(digest, path, record);
      case List<?> list -> {
        add(digest, path, Integer.toString(list.size()));
        for (int i = 0; i < list.size(); i++) {
          addValue(digest, path + "[" + i + "]", list.get(i));
        }
      }
      case Map<?, ?> map ->
          new TreeMap<>(map).forEach((k, v) -> addValue(digest, path + "{" + k + "}", v));
      default -> add(digest, path, value.toString());
    }
  }

  static void add(MessageDigest digest, String name, String value) {
    for (String text : List.of(name, value)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
