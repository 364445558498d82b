package org.sonograph.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records that stand in for a chunk that could not be processed: its place and the failure, no
 * payload.
 */
public final class FailureRecords {
  private static final String PLACE = "place";
  private static final String SOURCE = "source";
  private static final String INTERPRETATION = "interpretation";
  private static final String FAILURE = "failure";

  private FailureRecords() {}

  /** True if values of that type have a place and a failure. */
  public static boolean canCarry(Class<? extends SpecificRecord> type) {
    Schema schema = SpecificData.get().getSchema(type);
    return schema.getField(PLACE) != null && schema.getField(FAILURE) != null;
  }

  /** Stand-in of an unreadable record, from its headers. */
  public static <V extends SpecificRecord> V of(
      Class<V> type, ChunkHeaders headers, Failure failure) {
    return of(type, headers.toPlace(), headers.toSource(), headers.toInterpretation(), failure);
  }

  /** Stand-in of a chunk, everything but the given fields at its default. */
  public static <V extends SpecificRecord> V of(
      Class<V> type,
      Place place,
      SourceInfo source,
      Interpretation interpretation,
      Failure failure) {
    if (!canCarry(type)) {
      throw new IllegalArgumentException(
          "type=" + type.getSimpleName() + ", expected one with the fields place and failure");
    }
    SpecificData data = SpecificData.get();
    Schema schema = data.getSchema(type);
    V record = type.cast(data.newRecord(null, schema));
    for (Schema.Field field : schema.getFields()) {
      Object value =
          switch (field.name()) {
            case PLACE -> place;
            case SOURCE -> source;
            case INTERPRETATION -> interpretation;
            case FAILURE -> failure;
            default -> data.deepCopy(field.schema(), data.getDefaultValue(field));
          };
      record.put(field.pos(), value);
    }
    return record;
  }
}
