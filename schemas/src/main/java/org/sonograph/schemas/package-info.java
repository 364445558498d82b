/**
 * The contract between the services: generated records, the typed topic catalogue and the serde.
 *
 * <p>Records are Avro, in Confluent's wire format (byte 0, 4-byte schema id, Avro binary). Keys are
 * UTF-8 text. Times are milliseconds since 1970, sounds are interleaved little-endian samples,
 * positions are samples from the track's start. Every public type here may be used from many
 * threads at once.
 */
package org.sonograph.schemas;
