package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Float samples out of the WAV stream FFmpeg writes to a pipe. The header says the rate and the
 * channels as decoded, which can differ from what the container claimed (HE-AAC).
 */
final class SampleStream {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int FORMAT_FLOAT = 3;
  private static final int FORMAT_EXTENSIBLE = 0xfffe;

  private final ChildProcess child;
  private final byte[] bytes = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private int sampleRateHz;
  private int channels;
  private boolean open;

  SampleStream(ChildProcess child) throws IOException {
    this.child = child;
    readHeader();
  }

  /** False when the process ended before it wrote any sound. */
  boolean open() {
    return open;
  }

  int sampleRateHz() {
    return sampleRateHz;
  }

  int channels() {
    return channels;
  }

  /**
   * Reads whole frames.
   *
   * @param samples interleaved; what is not a number becomes 0
   * @return frames read, at least 1, or -1 at the end
   */
  int read(float[] samples) throws IOException {
    int frameBytes = 4 * channels;
    if (!open || !fill(frameBytes)) {
      return -1;
    }
    int frames = Math.min((to - from) / frameBytes, samples.length / channels);
    ByteBuffer.wrap(bytes, from, frames * frameBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(samples, 0, frames * channels);
    from += frames * frameBytes;
    for (int i = 0; i < frames * channels; i++) {
      if (!Float.isFinite(samples[i])) {
        samples[i] = 0;
      }
    }
    return frames;
  }

  private void readHeader() throws IOException {
    if (!fill(12)) {
      return;
    }
    from += 12;
    while (fill(8)) {
      ByteBuffer header = ByteBuffer.wrap(bytes, from, 8).order(ByteOrder.LITTLE_ENDIAN);
      int id = header.getInt();
      int size = header.getInt();
      from += 8;
      if (id == 0x61746164) { // "data"
        open = channels > 0;
        return;
      }
      if (size < 0 || size > BUFFER_BYTES || !fill(size)) {
        return;
      }
      if (id == 0x20746d66) { // "fmt "
        readFormat(ByteBuffer.wrap(bytes, from, size).slice().order(ByteOrder.LITTLE_ENDIAN));
      }
      from += size;
    }
  }

  private void readFormat(ByteBuffer format) throws IOException {
    int tag = format.getShort(0) & 0xffff;
    if (tag != FORMAT_FLOAT && tag != FORMAT_EXTENSIBLE || format.getShort(14) != 32) {
      throw new IOException("format tag " + tag + " from FFmpeg, expected 32-bit float");
    }
    channels = format.getShort(2);
    sampleRateHz = format.getInt(4);
  }

  /** Makes at least {@code wanted} bytes ready; false when the stream ends before. */
  private boolean fill(int wanted) throws IOException {
    if (to - from >= wanted) {
      return true;
    }
    System.arraycopy(bytes, from, bytes, 0, to - from);
    to -= from;
    from = 0;
    while (to < wanted) {
      int n = child.read(bytes, to, bytes.length - to);
      if (n < 0) {
        Arrays.fill(bytes, to, bytes.length, (byte) 0);
        return false;
      }
      to += n;
    }
    return true;
  }
}
