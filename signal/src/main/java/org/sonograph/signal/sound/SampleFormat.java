package org.sonograph.signal.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How one sample lies in little-endian bytes, with the conversion to and from floats of full scale
 * ±1.
 */
public enum SampleFormat {
  /** Unsigned 8-bit, 128 = 0. */
  U8(1, 1),
  /** Signed 16-bit. */
  S16(2, 1),
  /** Signed 24-bit in three bytes. */
  S24(3, 1),
  /** Signed 32-bit. */
  S32(4, 1),
  /** IEEE 32-bit float. */
  F32(4, 3),
  /** IEEE 64-bit float. */
  F64(8, 3);

  private final int bytes;
  private final int waveTag;

  SampleFormat(int bytes, int waveTag) {
    this.bytes = bytes;
    this.waveTag = waveTag;
  }

  /** Bytes a sample takes. */
  public int bytesPerSample() {
    return bytes;
  }

  /** The format tag WAVE uses: 1 = PCM, 3 = IEEE float. */
  int waveTag() {
    return waveTag;
  }

  /** Whether values beyond ±1 survive. */
  public boolean isFloat() {
    return waveTag == 3;
  }

  /**
   * Interleaved bytes of {@code length} samples from {@code from} on. Integers are rounded to
   * nearest and clipped; not-a-number becomes 0.
   */
  public byte[] encode(float[][] channels, int from, int length) {
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(Math.multiplyExact(length, channels.length), bytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = from; i < from + length; i++) {
      for (float[] channel : channels) {
        put(out, channel[i]);
      }
    }
    return out.array();
  }

  /**
   * Samples {@code [channel][sample]} of whole frames within {@code length} bytes from {@code from}
   * on.
   */
  public float[][] decode(byte[] source, int from, int length, int channelCount) {
    int frames = length / (bytes * channelCount);
    ByteBuffer in = ByteBuffer.wrap(source, from, length).order(ByteOrder.LITTLE_ENDIAN);
    float[][] out = new float[channelCount][frames];
    for (int i = 0; i < frames; i++) {
      for (int c = 0; c < channelCount; c++) {
        out[c][i] = take(in);
      }
    }
    return out;
  }

  private void put(ByteBuffer out, float v) {
    switch (this) {
      case U8 -> out.put((byte) (128 + rounded(v, 128)));
      case S16 -> out.putShort((short) rounded(v, 32_768));
      case S24 -> {
        int q = rounded(v, 8_388_608);
        out.put((byte) q).putShort((short) (q >> 8));
      }
      case S32 ->
          out.putInt((int) Math.clamp(Math.rint(v * 2147483648.0), -2147483648.0, 2147483647.0));
      case F32 -> out.putFloat(v);
      case F64 -> out.putDouble(v);
    }
  }

  private static int rounded(float v, int scale) {
    return (int) Math.clamp(Math.rint((double) v * scale), -scale, scale - 1.0);
  }

  private float take(ByteBuffer in) {
    return switch (this) {
      case U8 -> ((in.get() & 0xff) - 128) / 128f;
      case S16 -> in.getShort() / 32_768f;
      case S24 -> {
        int low = in.get() & 0xff;
        yield ((in.getShort() << 8) | low) / 8_388_608f;
      }
      case S32 -> (float) (in.getInt() / 2147483648.0);
      case F32 -> in.getFloat();
      case F64 -> (float) in.getDouble();
    };
  }
}
