package org.sonograph.launcher.ancestry;

import java.io.IOException;
import java.nio.file.Path;
import org.sonograph.runtime.ffmpeg.Decoding;
import org.sonograph.runtime.ffmpeg.FFmpeg;

/**
 * How two sounds differ, sample by sample as they decode.
 *
 * @param form rates, channels or lengths that differ, in words; "" where they do not
 * @param samples samples compared, of all channels
 * @param largest largest difference of two samples, of full scale 1
 * @param snrDb the first sound's energy over that of the difference, dB; infinite where there is
 *     none
 */
public record SoundDifference(String form, long samples, double largest, double snrDb) {
  private static final int BLOCK = 1 << 16;

  /** Compares two files, a little at a time. */
  public static SoundDifference between(FFmpeg ffmpeg, Path first, Path second) throws IOException {
    try (Decoding a = ffmpeg.decode(first, ffmpeg.probe(first));
        Decoding b = ffmpeg.decode(second, ffmpeg.probe(second))) {
      if (a.sampleRateHz() != b.sampleRateHz() || a.channels() != b.channels()) {
        String form =
            "%d Hz with %d channels, now %d Hz with %d"
                .formatted(a.sampleRateHz(), a.channels(), b.sampleRateHz(), b.channels());
        return new SoundDifference(form, 0, Double.NaN, Double.NEGATIVE_INFINITY);
      }
      return new Meter().compare(new Side(a), new Side(b));
    }
  }

  /** Whether they are the same to the sample. */
  public boolean isNone() {
    return form.isEmpty() && largest == 0;
  }

  /** Whether the difference is that small: as long, and as many dB below the sound. */
  public boolean isWithin(double db) {
    return isNone() || form.isEmpty() && snrDb >= db;
  }

  /** In words. */
  public String shown() {
    if (isNone()) {
      return "equal, %d samples".formatted(samples);
    }
    return form.isEmpty()
        ? "differs by at most %.6f, SNR %.1f dB".formatted(largest, snrDb)
        : "differs: " + form;
  }

  /** One of the sounds as it is read. */
  private static final class Side {
    private final Decoding decoding;
    private final float[] block;
    private int from;
    private int to;

    Side(Decoding decoding) {
      this.decoding = decoding;
      this.block = new float[BLOCK / decoding.channels() * decoding.channels()];
    }

    /** Samples that are ready, 0 at the end. */
    int ready() throws IOException {
      if (from == to) {
        from = 0;
        to = Math.max(0, decoding.read(block)) * decoding.channels();
      }
      return to - from;
    }

    float next() {
      return block[from++];
    }

    /** All frames, the rest read and let go. */
    long frames() throws IOException {
      while (ready() > 0) {
        from = to;
      }
      return decoding.frames();
    }
  }

  /** Sums up what it sees. */
  private static final class Meter {
    private long samples;
    private double largest;
    private double sound;
    private double noise;

    SoundDifference compare(Side a, Side b) throws IOException {
      for (int n = Math.min(a.ready(), b.ready()); n > 0; n = Math.min(a.ready(), b.ready())) {
        for (int i = 0; i < n; i++) {
          add(a.next(), b.next());
        }
        samples += n;
      }
      long before = a.frames();
      long now = b.frames();
      String form = before == now ? "" : "%d samples long, now %d".formatted(before, now);
      double snr = noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(sound / noise);
      return new SoundDifference(form, samples, largest, snr);
    }

    private void add(double x, double y) {
      largest = Math.max(largest, Math.abs(x - y));
      sound += x * x;
      noise += (x - y) * (x - y);
    }
  }
}
