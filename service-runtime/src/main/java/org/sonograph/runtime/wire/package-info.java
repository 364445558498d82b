/**
 * The one translation between Avro records and the types of {@code signal}, both directions of a
 * type in one class.
 *
 * <p>Samples are {@code float[channel][sample]} on the signal side and little-endian interleaved
 * bytes in messages. A zero or empty field of a settings record means the profile's own value.
 * Everything here is pure; what cannot be translated is an {@link
 * java.lang.IllegalArgumentException} that says what was expected.
 */
package org.sonograph.runtime.wire;
