package org.sonograph.gallery;

import java.util.BitSet;

/** Numbers of chunks, written as ranges: {@code 0-11,13}. */
final class ChunkSet {
  /** Largest chunk number accepted: more than a year of sound, a few megabytes of bits. */
  static final int MAX_CHUNK = 9_999_999;

  private final BitSet bits = new BitSet();

  /** Whether the number can belong to a set at all. */
  static boolean accepts(long chunk) {
    return chunk >= 0 && chunk <= MAX_CHUNK;
  }

  /** Reads what {@link #toString} wrote. */
  static ChunkSet parse(String text) {
    ChunkSet set = new ChunkSet();
    if (text.isEmpty()) {
      return set;
    }
    for (String range : text.split(",")) {
      int dash = range.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1));
      if (!accepts(from) || !accepts(to) || to < from) {
        throw new NumberFormatException("chunks=" + text + ", expected ranges such as 0-11,13");
      }
      set.bits.set(from, to + 1);
    }
    return set;
  }

  /** Adds a number; false if it was in already. */
  boolean add(long chunk) {
    int bit = Math.toIntExact(chunk);
    boolean isNew = !bits.get(bit);
    bits.set(bit);
    return isNew;
  }

  void remove(long chunk) {
    bits.clear(Math.toIntExact(chunk));
  }

  boolean contains(long chunk) {
    return accepts(chunk) && bits.get((int) chunk);
  }

  int size() {
    return bits.cardinality();
  }

  /** One more than the largest number; 0 for the empty set. */
  int end() {
    return bits.length();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int from = bits.nextSetBit(0); from >= 0; ) {
      int to = bits.nextClearBit(from) - 1;
      text.append(text.isEmpty() ? "" : ",").append(from);
      if (to > from) {
        text.append('-').append(to);
      }
      from = bits.nextSetBit(to + 1);
    }
    return text.toString();
  }
}
