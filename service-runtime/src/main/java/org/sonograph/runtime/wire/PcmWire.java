package org.sonograph.runtime.wire;

import java.nio.ByteBuffer;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;

/** Samples, as the bytes of a message and as a value. */
public final class PcmWire {

  /** The format that sound leaves a service in. */
  public static final String F32LE = "f32le";

  /** The format that chunks of integer sources may travel in. */
  public static final String S16LE = "s16le";

  private PcmWire() {}

  /** Interleaved little-endian floats. */
  public static ByteBuffer toAvro(Sound sound) {
    return ByteBuffer.wrap(sound.interleaved(SampleFormat.F32));
  }

  /**
   * Samples of a message.
   *
   * @param pcm interleaved bytes, read from position to limit
   * @param sampleFormat {@link #F32LE} or {@link #S16LE}
   * @param channels number of channels
   * @param sampleRateHz rate of the samples
   * @throws IllegalArgumentException if the bytes are no whole frames of that format
   */
  public static Sound fromAvro(
      ByteBuffer pcm, String sampleFormat, int channels, int sampleRateHz) {
    SampleFormat format =
        switch (sampleFormat) {
          case F32LE -> SampleFormat.F32;
          case S16LE -> SampleFormat.S16;
          default ->
              throw new IllegalArgumentException(
                  "sampleFormat=%s, expected %s or %s".formatted(sampleFormat, F32LE, S16LE));
        };
    if (channels < 1 || channels > 64) {
      throw new IllegalArgumentException("channels=" + channels + ", expected 1 to 64");
    }
    int frameBytes = format.bytesPerSample() * channels;
    if (pcm.remaining() % frameBytes != 0) {
      throw new IllegalArgumentException(
          "pcm of %d bytes, expected a multiple of %d (%d channels of %s)"
              .formatted(pcm.remaining(), frameBytes, channels, sampleFormat));
    }
    return Sound.fromInterleaved(bytes(pcm), format, channels, sampleRateHz);
  }

  /** The bytes of a message's field, from position to limit; the buffer stays as it is. */
  public static byte[] bytes(ByteBuffer field) {
    byte[] bytes = new byte[field.remaining()];
    field.duplicate().get(bytes);
    return bytes;
  }
}
