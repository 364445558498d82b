package org.sonograph.schemas;

/** What the text of a topic's keys says; see {@link Keys}. */
public enum Keying {
  /** {@code take/chunk}: spreads the chunks of one take over partitions. */
  CHUNK,
  /** {@code take}: brings all records of one take together, in order. */
  TAKE,
  /** {@code kind/take}: the newest record of a kind replaces the older one. */
  EVENT
}
