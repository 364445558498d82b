package org.sonograph.gallery.live;

import java.io.IOException;
import java.util.function.Supplier;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegUnavailableException;
import org.sonograph.runtime.ffmpeg.LiveEncoder;
import org.sonograph.runtime.ffmpeg.LiveFormat;

/** Starts encoders. */
public interface Encoders {
  /**
   * Starts one for sound of {@link OutputGrid#STANDARD}.
   *
   * @throws IOException where there is none
   */
  Encoder start(LiveFormat format) throws IOException;

  /** FFmpeg's, which is looked for when the first one is asked for. */
  static Encoders of(Supplier<FFmpeg> ffmpeg) {
    return format -> {
      try {
        return encoder(
            ffmpeg.get().live(format, OutputGrid.STANDARD.rateHz(), OutputGrid.CHANNELS));
      } catch (FFmpegUnavailableException e) {
        throw new IOException(e.getMessage(), e);
      }
    };
  }

  private static Encoder encoder(LiveEncoder encoder) {
    return new Encoder() {
      @Override
      public void write(byte[] frames) throws IOException {
        encoder.write(frames);
      }

      @Override
      public int read(byte[] bytes) throws IOException {
        return encoder.read(bytes);
      }

      @Override
      public void close() {
        encoder.close();
      }
    };
  }

  /** An encoder at work. */
  interface Encoder extends AutoCloseable {
    /** Hands it whole frames of interleaved little-endian floats. */
    void write(byte[] frames) throws IOException;

    /** Up to {@code bytes.length} bytes, or -1 at the end. */
    int read(byte[] bytes) throws IOException;

    @Override
    void close();
  }
}
