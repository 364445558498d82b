package org.sonograph.signal.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Loop points as samplers read them: the chunk {@code smpl} of a WAV file (IBM and Microsoft,
 * Multimedia Programming Interface, 1991; with the fields of 1994), one endless loop over all of
 * the sound.
 */
public final class LoopPoints {
  private static final int CONTENT_BYTES = 36 + 24;
  private static final int MIDDLE_C = 60;
  private static final double NANOSECONDS = 1e9;

  private LoopPoints() {}

  /** The chunk with its head; of even length. */
  public static byte[] chunk(int sampleRateHz, long samples) {
    ByteBuffer out = ByteBuffer.allocate(8 + CONTENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.put("smpl".getBytes(StandardCharsets.US_ASCII)).putInt(CONTENT_BYTES);
    // manufacturer, product, sample period, unity note, its fraction, SMPTE format and offset
    out.putInt(0).putInt(0).putInt((int) Math.round(NANOSECONDS / sampleRateHz));
    out.putInt(MIDDLE_C).putInt(0).putInt(0).putInt(0);
    // one loop, nothing of the sampler's own
    out.putInt(1).putInt(0);
    // name 0, forward, first and last sample, fraction, for ever
    out.putInt(0).putInt(0).putInt(0).putInt((int) (samples - 1)).putInt(0).putInt(0);
    return out.array();
  }
}
