package org.sonograph.signal.sound;

/**
 * What the head of a WAV file says, and where its samples lie.
 *
 * @param sampleRateHz samples a second
 * @param channelCount channels, 1 to 65535
 * @param format how a sample lies in bytes
 * @param dataOffset position of the first sample in the file, bytes
 * @param dataBytes bytes of samples, whole frames
 */
public record WavLayout(
    int sampleRateHz, int channelCount, SampleFormat format, long dataOffset, long dataBytes) {

  /** Bytes of one sample of all channels. */
  public int frameBytes() {
    return channelCount * format.bytesPerSample();
  }

  /** Samples a channel. */
  public long samples() {
    return dataBytes / frameBytes();
  }

  /** Position in the file of sample {@code sample} of the first channel, bytes. */
  public long offset(long sample) {
    return dataOffset + sample * frameBytes();
  }
}
