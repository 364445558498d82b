package org.sonograph.ingest.live;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.sonograph.signal.sound.SampleFormat;

/** Raw samples, little-endian and interleaved, from a stream of bytes: standard input or a pipe. */
final class PcmSource implements LiveSource {
  private static final int PIECE_FRAMES = 1024;

  /**
   * How samples lie.
   *
   * @param sampleRateHz frames a second
   */
  record Layout(int sampleRateHz, int channels, SampleFormat format) {}

  /** Opens the bytes. */
  @FunctionalInterface
  interface Opening {
    InputStream open() throws IOException;
  }

  private final String shown;
  private final Opening opening;
  private final Layout layout;
  private final boolean comesBack;

  /**
   * Samples from somewhere.
   *
   * @param comesBack whether it can be opened again
   */
  PcmSource(String shown, Opening opening, Layout layout, boolean comesBack) {
    this.shown = shown;
    this.opening = opening;
    this.layout = layout;
    this.comesBack = comesBack;
  }

  @Override
  public String shown() {
    return shown;
  }

  @Override
  public boolean comesBack() {
    return comesBack;
  }

  @Override
  public LiveFeed open(Consumer<String> titles) throws IOException {
    return new Feed(opening.open(), layout);
  }

  private static final class Feed implements LiveFeed {
    private final InputStream in;
    private final Layout layout;
    private final byte[] bytes;
    private int filled;

    Feed(InputStream in, Layout layout) {
      this.in = in;
      this.layout = layout;
      this.bytes = new byte[PIECE_FRAMES * layout.channels() * layout.format().bytesPerSample()];
    }

    @Override
    public int sampleRateHz() {
      return layout.sampleRateHz();
    }

    @Override
    public int channels() {
      return layout.channels();
    }

    @Override
    public Optional<float[]> read() throws IOException {
      int frameBytes = layout.channels() * layout.format().bytesPerSample();
      do {
        int n = in.read(bytes, filled, bytes.length - filled);
        if (n < 0) {
          return Optional.empty();
        }
        filled += n;
      } while (filled < frameBytes);
      int whole = filled / frameBytes * frameBytes;
      // interleaved samples are those of one channel
      float[] samples = layout.format().decode(bytes, 0, whole, 1)[0];
      System.arraycopy(bytes, whole, bytes, 0, filled - whole);
      filled -= whole;
      for (int i = 0; i < samples.length; i++) {
        samples[i] = Float.isFinite(samples[i]) ? samples[i] : 0;
      }
      return Optional.of(samples);
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        // it was gone already
      }
    }
  }
}
