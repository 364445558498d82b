package org.sonograph.schemas;

import org.apache.avro.Conversion;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Sets what Avro may allocate and which classes it may make, before the first record of ours
 * exists.
 *
 * <p>Avro finds this by {@code ServiceLoader} whenever it prepares a generated class; it converts
 * nothing. See RATIONALE.md.
 */
public final class AvroGuard extends Conversion<AvroGuard.Nothing> {
  static final int STRING_MAX_BYTES = 1024 * 1024;
  static final int COLLECTION_MAX_ITEMS = 1_000_000;

  private static final String LIMITS = "org.apache.avro.limits.";
  private static final String PACKAGE = AvroGuard.class.getPackageName();

  static {
    apply();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            c -> c.getPackageName().equals(PACKAGE) && SpecificRecord.class.isAssignableFrom(c)));
  }

  /** Type that no value has. */
  static final class Nothing {
    private Nothing() {}
  }

  @Override
  public Class<Nothing> getConvertedType() {
    return Nothing.class;
  }

  @Override
  public String getLogicalTypeName() {
    return "sonograph-guard";
  }

  /**
   * Sets the limits; Avro reads them once, at its first decoding. A lower one given from outside
   * stays.
   */
  static void apply() {
    lower("bytes.maxLength", Topics.PAYLOAD_MAX_BYTES);
    lower("string.maxLength", STRING_MAX_BYTES);
    lower("collectionItems.maxLength", COLLECTION_MAX_ITEMS);
  }

  private static void lower(String name, int limit) {
    int given = Integer.getInteger(LIMITS + name, limit);
    System.setProperty(LIMITS + name, Integer.toString(Math.min(limit, given)));
  }
}
