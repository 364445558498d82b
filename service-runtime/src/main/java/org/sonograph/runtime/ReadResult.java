package org.sonograph.runtime;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What came of reading a record. */
public sealed interface ReadResult<V extends SpecificRecord> {

  /** A record as its writer meant it. */
  record Readable<V extends SpecificRecord>(V value) implements ReadResult<V> {}

  /**
   * Bytes that will never be read.
   *
   * @param cause for the dead letter
   * @param failed the record's stand-in, made from its headers, with {@code failure} set; empty
   *     when the headers do not tell which chunk it was
   */
  record Unreadable<V extends SpecificRecord>(DeadLetter.Cause cause, Optional<V> failed)
      implements ReadResult<V> {}
}
