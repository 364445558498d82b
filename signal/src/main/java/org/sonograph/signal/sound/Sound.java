package org.sonograph.signal.sound;

import java.util.Arrays;

/**
 * A piece of sound. The arrays are not copied: whoever hands them over gives them away.
 *
 * @param sampleRateHz samples a second, at least 1
 * @param channels {@code [channel][sample]}, at least one channel, all of one length, full scale ±1
 */
public record Sound(int sampleRateHz, float[][] channels) {

  public Sound {
    if (sampleRateHz < 1) {
      throw new IllegalArgumentException("sampleRateHz=" + sampleRateHz + ", expected at least 1");
    }
    if (channels.length == 0) {
      throw new IllegalArgumentException("a sound needs at least one channel");
    }
    for (float[] channel : channels) {
      if (channel.length != channels[0].length) {
        throw new IllegalArgumentException(
            "channels of %d and %d samples, expected one length"
                .formatted(channels[0].length, channel.length));
      }
    }
  }

  /** One channel. */
  public static Sound mono(int sampleRateHz, float[] samples) {
    return new Sound(sampleRateHz, new float[][] {samples});
  }

  /** Two channels. */
  public static Sound stereo(int sampleRateHz, float[] left, float[] right) {
    return new Sound(sampleRateHz, new float[][] {left, right});
  }

  /** Silence of the given length. */
  public static Sound silence(int sampleRateHz, int channelCount, int samples) {
    return new Sound(sampleRateHz, new float[channelCount][samples]);
  }

  /** Samples from little-endian interleaved bytes; a trailing partial frame is dropped. */
  public static Sound fromInterleaved(
      byte[] bytes, SampleFormat format, int channelCount, int sampleRateHz) {
    return new Sound(sampleRateHz, format.decode(bytes, 0, bytes.length, channelCount));
  }

  /** Samples a channel. */
  public int length() {
    return channels[0].length;
  }

  /** Number of channels. */
  public int channelCount() {
    return channels.length;
  }

  /** A copy of {@code length} samples from sample {@code from} on. */
  public Sound slice(int from, int length) {
    if (from < 0 || length < 0 || from + length > length()) {
      throw new IllegalArgumentException(
          "samples %d to %d of a sound of %d".formatted(from, from + length, length()));
    }
    float[][] out = new float[channels.length][];
    for (int c = 0; c < out.length; c++) {
      out[c] = Arrays.copyOfRange(channels[c], from, from + length);
    }
    return new Sound(sampleRateHz, out);
  }

  /** This sound followed by another of the same rate and channels. */
  public Sound then(Sound next) {
    if (next.sampleRateHz != sampleRateHz || next.channels.length != channels.length) {
      throw new IllegalArgumentException(
          "sound of %d Hz, %d channels after one of %d Hz, %d channels"
              .formatted(next.sampleRateHz, next.channels.length, sampleRateHz, channels.length));
    }
    float[][] out = new float[channels.length][];
    for (int c = 0; c < out.length; c++) {
      out[c] = Arrays.copyOf(channels[c], length() + next.length());
      System.arraycopy(next.channels[c], 0, out[c], length(), next.length());
    }
    return new Sound(sampleRateHz, out);
  }

  /**
   * The samples as little-endian interleaved bytes; values past full scale are clipped in the
   * integer formats.
   */
  public byte[] interleaved(SampleFormat format) {
    return format.encode(channels, 0, length());
  }

  /** Largest absolute sample; 0 for silence. */
  public float peak() {
    float peak = 0;
    for (float[] channel : channels) {
      for (float v : channel) {
        peak = Math.max(peak, Math.abs(v));
      }
    }
    return peak;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sound s
        && s.sampleRateHz == sampleRateHz
        && Arrays.deepEquals(s.channels, channels);
  }

  @Override
  public int hashCode() {
    return 31 * sampleRateHz + Arrays.deepHashCode(channels);
  }

  @Override
  public String toString() {
    return "Sound["
        + sampleRateHz
        + " Hz, "
        + channels.length
        + " channels, "
        + length()
        + " samples]";
  }
}
