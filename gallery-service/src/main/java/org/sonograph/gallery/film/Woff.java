package org.sonograph.gallery.film;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks a font of the Web Open Font Format 1 (W3C, 2012) into the sfnt it was made from. */
final class Woff {
  private static final int SIGNATURE = 0x774F4646; // wOFF
  private static final int HEADER_BYTES = 44;
  private static final int WOFF_ENTRY_BYTES = 20;
  private static final int SFNT_HEADER_BYTES = 12;
  private static final int SFNT_ENTRY_BYTES = 16;

  private Woff() {}

  /** The font as TrueType readers take it. */
  static byte[] unpack(byte[] woff) {
    ByteBuffer in = ByteBuffer.wrap(woff);
    if (in.getInt(0) != SIGNATURE) {
      throw new IllegalArgumentException(
          "font begins with %08x, expected wOFF".formatted(in.getInt(0)));
    }
    int tables = in.getShort(12);
    ByteBuffer out = ByteBuffer.allocate(in.getInt(16));
    int range = Integer.highestOneBit(tables);
    out.putInt(in.getInt(4)).putShort((short) tables).putShort((short) (range * 16));
    out.putShort((short) Integer.numberOfTrailingZeros(range));
    out.putShort((short) ((tables - range) * 16));
    int at = SFNT_HEADER_BYTES + tables * SFNT_ENTRY_BYTES;
    for (int t = 0; t < tables; t++) {
      int entry = HEADER_BYTES + t * WOFF_ENTRY_BYTES;
      int length = in.getInt(entry + 12);
      byte[] table = table(woff, in.getInt(entry + 4), in.getInt(entry + 8), length);
      out.position(SFNT_HEADER_BYTES + t * SFNT_ENTRY_BYTES);
      out.putInt(in.getInt(entry)).putInt(in.getInt(entry + 16)).putInt(at).putInt(length);
      out.position(at).put(table);
      at += (length + 3) & ~3;
    }
    return out.array();
  }

  private static byte[] table(byte[] woff, int from, int packed, int length) {
    byte[] table = new byte[length];
    if (packed == length) {
      System.arraycopy(woff, from, table, 0, length);
      return table;
    }
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(woff, from, packed);
      if (inflater.inflate(table) != length) {
        throw new IllegalArgumentException("font table is shorter than it says");
      }
      return table;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("font table is damaged", e);
    }
  }
}
