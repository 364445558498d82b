package org.sonograph.gallery.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Puts titles between the bytes of a stream as Icecast does: after every {@value #EVERY_BYTES}
 * bytes a length in sixteens and as much text, of no length while the title stays the same.
 */
final class IcyTitles {
  /** Bytes of sound between two titles. */
  static final int EVERY_BYTES = 16_000;

  private static final int UNIT = 16;
  private static final int MOST_BYTES = 255 * UNIT;

  private final OutputStream out;
  private final Supplier<String> title;
  private int until = EVERY_BYTES;
  private String told = "";

  IcyTitles(OutputStream out, Supplier<String> title) {
    this.out = out;
    this.title = title;
  }

  void write(byte[] piece) throws IOException {
    int at = 0;
    while (piece.length - at >= until) {
      out.write(piece, at, until);
      at += until;
      until = EVERY_BYTES;
      out.write(block());
    }
    out.write(piece, at, piece.length - at);
    until -= piece.length - at;
  }

  private byte[] block() {
    String now = title.get();
    if (now.equals(told)) {
      return new byte[1];
    }
    told = now;
    // the end of the text is a quote and a semicolon: a title has neither together
    String plain = now.replaceAll("[\\p{Cntrl}]", " ").replace("';", "' ");
    byte[] text = ("StreamTitle='" + cut(plain) + "';").getBytes(StandardCharsets.UTF_8);
    int units = Math.ceilDiv(text.length, UNIT);
    byte[] block = Arrays.copyOf(new byte[] {(byte) units}, 1 + units * UNIT);
    System.arraycopy(text, 0, block, 1, text.length);
    return block;
  }

  private static String cut(String title) {
    int most = MOST_BYTES / 4 - UNIT;
    return title.length() <= most ? title : title.substring(0, most);
  }
}
