package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Sound that comes without an end, decoded as it comes: 32-bit float, interleaved, at its own rate.
 * FFmpeg sees the bytes of a pipe and nothing else. Read by one thread; closing it ends the child
 * process, from any.
 */
public final class StreamDecoding implements DecodedSound {
  private final ChildProcess child;
  private final SampleStream samples;
  private volatile Optional<IOException> lost = Optional.empty();

  /**
   * Waits for the first samples.
   *
   * @param head bytes that were read to tell the container
   */
  StreamDecoding(ChildProcess child, byte[] head, InputStream rest) throws IOException {
    this.child = child;
    Thread.ofVirtual().name("ffmpeg-feed").start(() -> feed(head, rest));
    try {
      this.samples = new SampleStream(child);
      if (!samples.open()) {
        Optional<IOException> first = lost;
        throw new UnreadableSoundException(
            first.isPresent()
                ? "was lost: " + first.get().getMessage()
                : child.failure().orElse("holds no sound: decoding gave nothing"));
      }
      SoundRange.require(samples.sampleRateHz(), samples.channels());
    } catch (IOException e) {
      child.close();
      throw e;
    }
  }

  private void feed(byte[] head, InputStream rest) {
    byte[] bytes = new byte[8192];
    try (OutputStream out = child.feed()) {
      out.write(head);
      out.flush();
      for (int n = read(rest, bytes); n >= 0; n = read(rest, bytes)) {
        out.write(bytes, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // the child has ended, and its reader hears of it
    }
  }

  private int read(InputStream rest, byte[] bytes) {
    try {
      return rest.read(bytes);
    } catch (IOException e) {
      lost = Optional.of(e);
      return -1;
    }
  }

  @Override
  public int sampleRateHz() {
    return samples.sampleRateHz();
  }

  @Override
  public int channels() {
    return samples.channels();
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    return samples.read(interleaved);
  }

  @Override
  public Optional<IOException> lost() {
    return lost;
  }

  @Override
  public void close() {
    child.close();
  }
}
