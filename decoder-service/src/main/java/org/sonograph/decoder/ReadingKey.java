package org.sonograph.decoder;

import org.sonograph.schemas.DecodedChunk;

/**
 * One reading of one take: what the assembler keeps apart.
 *
 * @param take id of the take
 * @param reading name of the reading
 */
record ReadingKey(String take, String reading) {

  /** No name holds it, so no two keys share a prefix by accident. */
  private static final char SEPARATOR = '\u0000';

  static ReadingKey of(DecodedChunk piece) {
    return new ReadingKey(piece.getPlace().getTake(), piece.getReading());
  }

  static ReadingKey fromText(String text) {
    int at = text.indexOf(SEPARATOR);
    return new ReadingKey(text.substring(0, at), text.substring(at + 1));
  }

  String text() {
    return take + SEPARATOR + reading;
  }

  /** Key of one waiting piece; sorts by chunk. */
  String piece(long chunk) {
    return text() + SEPARATOR + "%019d".formatted(chunk);
  }

  @Override
  public String toString() {
    return "take=" + take + " reading=" + reading;
  }
}
