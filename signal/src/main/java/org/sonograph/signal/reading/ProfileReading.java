package org.sonograph.signal.reading;

/**
 * How one reading is done in one profile. {@link ProfiledReading} chooses among these by the
 * profile in the request's inversion. Implementations are pure and hold no state between calls.
 */
@FunctionalInterface
interface ProfileReading {
  ReadingOutput read(ReadingRequest request);
}
