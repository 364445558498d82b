package org.sonograph.gallery;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * The Broadcast Wave chunk of a WAV file (EBU Tech 3285, version 1), for archives: what it is, who
 * made it, how it was coded. Dates are left empty: a file holds no times, so that one made without
 * a break and one that was resumed are the same.
 *
 * @param header the file's head
 */
record BroadcastExtension(WaveHeader header) {
  static final String TAG = "bext";
  static final int DESCRIPTION_CHARS = 256;
  static final int NAME_CHARS = 32;
  private static final int DATE_AND_TIME_CHARS = 18;
  private static final int VERSION = 1;

  /** UMID, loudness and what is reserved, all zero. */
  private static final int REST_BYTES = 254;

  static final int FIXED_BYTES = 602;

  private static final int MOST_HISTORY_CHARS = 256;

  /** The content of the chunk. */
  byte[] bytes() {
    byte[] history = history().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer chunk =
        ByteBuffer.allocate(FIXED_BYTES + history.length).order(ByteOrder.LITTLE_ENDIAN);
    SoundLabel label = header.label();
    put(chunk, label.title() + ". " + label.comment(), DESCRIPTION_CHARS);
    put(chunk, SoundLabel.SOFTWARE, NAME_CHARS);
    put(chunk, header.take(), NAME_CHARS);
    put(chunk, "", DATE_AND_TIME_CHARS);
    chunk.putLong(0); // the sound begins with the source
    chunk.putShort((short) VERSION);
    return chunk.position(chunk.position() + REST_BYTES).put(history).array();
  }

  /** One line of coding history, EBU R 98. */
  private String history() {
    String mode =
        switch (header.channels()) {
          case 1 -> "mono";
          case 2 -> "stereo";
          default -> "multichannel";
        };
    String line =
        "A=PCM,F=%d,W=%d,M=%s,T=%s; %s"
            .formatted(
                header.sampleRateHz(),
                8 * header.format().bytesPerSample(),
                mode,
                SoundLabel.SOFTWARE,
                ascii(header.label().comment()).replace(',', ';'));
    return line.substring(0, Math.min(line.length(), MOST_HISTORY_CHARS)) + "\r\n";
  }

  private static void put(ByteBuffer chunk, String text, int chars) {
    byte[] bytes = ascii(text).getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(bytes.length, chars);
    chunk.put(bytes, 0, length).put(new byte[chars - length]);
  }

  private static String ascii(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .replaceAll("[^\\x20-\\x7e]", "?");
  }
}
