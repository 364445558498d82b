package org.sonograph.signal.reading;

import java.util.Arrays;
import java.util.List;
import org.sonograph.signal.phase.InitialPhase;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.ChannelMix;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.TapeSpectrogram;
import org.sonograph.signal.transform.Stft;

/** {@code inverse} in {@code tape}. */
final class TapeInverse {
  private static final int ITERATIONS = 16;

  private TapeInverse() {}

  static ReadingOutput read(ReadingRequest request) {
    TapeReadings.checkRate(request);
    Inversion inversion = request.inversion();
    int samples = Math.toIntExact(request.position().lengthSamples());
    int columns = TapeSpectrogram.columns(samples, inversion);
    float[][] out = new float[2][samples];
    if (columns > 0) {
      Picture art = TapeSpectrogram.fit(request.art(), inversion).columns(0, columns);
      String phase = phase(request);
      if (phase.equals("source")) {
        SourceSound source = request.source().orElseThrow();
        fromSource(request, art, source, out);
      } else {
        fromPicture(request, art, phase.equals("gradient"), out);
      }
    }
    return new ReadingOutput(new Sound(inversion.sampleRateHz(), out), ReadingOutput.Extent.TRACK);
  }

  /** {@code source}, {@code gradient} or {@code random}. */
  static String phase(ReadingRequest request) {
    String asked = InverseReading.PHASE.of(request.parameters());
    if (asked.equals("auto")) {
      return request.source().isPresent() ? "source" : "gradient";
    }
    if (asked.equals("source") && request.source().isEmpty()) {
      throw new IllegalArgumentException(
          "parameter phase=source, expected the source's sound with the picture (take=%s): name it, or use phase=gradient"
              .formatted(request.position().take()));
    }
    return asked;
  }

  private static List<ChannelMix> mixes(ReadingRequest request) {
    return TapeMix.of("inverse", request.inversion().colour()).orElseThrow();
  }

  private static boolean isCentred(Picture art, List<ChannelMix> mixes) {
    return art.channels() == 1 || mixes.get(0).equals(mixes.get(1));
  }

  private static void fromPicture(
      ReadingRequest request, Picture art, boolean gradient, float[][] out) {
    FrameGrid grid = FrameGrid.of(request);
    double[][][] magnitudes = new double[2][][];
    List<ChannelMix> mixes = mixes(request);
    boolean same = isCentred(art, mixes);
    for (int c = 0; c < 2; c++) {
      magnitudes[c] =
          c == 1 && same
              ? magnitudes[0]
              : grid.padded(TapeSpectrogram.strip(art, mixes.get(c), request.inversion()));
    }
    // one set of phases for both sides: what is in the middle stays there
    InitialPhase start =
        gradient
            ? TapeReadings.gradient(
                grid, TapeReadings.mean(magnitudes[0], magnitudes[1]), request.seed())
            : InitialPhase.absolute(request.seed(), grid.firstFrame());
    int iterations = InverseReading.ITERATIONS.of(request.parameters(), ITERATIONS);
    out[0] = grid.sound(magnitudes[0], start, iterations);
    out[1] = same ? out[0].clone() : grid.sound(magnitudes[1], start, iterations);
  }

  private static void fromSource(
      ReadingRequest request, Picture art, SourceSound source, float[][] out) {
    Inversion inversion = request.inversion();
    if (source.sound().sampleRateHz() != inversion.sampleRateHz()) {
      throw new IllegalArgumentException(
          "source at %d Hz, expected the picture's %d Hz (take=%s)"
              .formatted(
                  source.sound().sampleRateHz(),
                  inversion.sampleRateHz(),
                  request.position().take()));
    }
    // the source's highest notes are beyond the picture's, and would be folded away
    FrameGrid grid = FrameGrid.of(request).unfolded();
    Picture drawn =
        TapeSpectrogram.picture(
                source.sound(),
                source.contextBeforeSamples(),
                request.position().lengthSamples(),
                inversion)
            .columns(0, art.width());
    List<ChannelMix> mixes = mixes(request);
    double detail = InverseReading.DETAIL.of(request.parameters());
    int iterations = InverseReading.ITERATIONS.of(request.parameters(), 0);
    SourceFrames[] sides = new SourceFrames[source.sound().channelCount()];
    for (int c = 0; c < sides.length; c++) {
      sides[c] = new SourceFrames(grid, source, c, art.width());
    }
    for (int c = 0; c < 2; c++) {
      int from = Math.min(c, sides.length - 1);
      if (c == 1 && from == 0 && isCentred(art, mixes)) {
        out[1] = out[0].clone();
        break;
      }
      TapeSpectrogram.Filter filter = TapeSpectrogram.filter(art, drawn, mixes.get(c), inversion);
      double[][] magnitudes = sides[from].magnitudes(filter, detail);
      out[c] = sides[from].sound(magnitudes, sides[(from + 1) % sides.length], iterations);
    }
  }

  /** The source's own frames. */
  private static final class SourceFrames {
    private final FrameGrid grid;
    private final int columns;
    private final double[][] re;
    private final double[][] im;

    SourceFrames(FrameGrid grid, SourceSound source, int channel, int columns) {
      this.grid = grid;
      this.columns = columns;
      Stft stft = new Stft(grid.nFft(), grid.hopSamples());
      int count = columns + 2 * grid.margin();
      double[] padded = new double[stft.paddedSamples(count)];
      float[] samples = source.sound().channels()[channel];
      int shift =
          source.contextBeforeSamples() - grid.margin() * grid.hopSamples() - grid.nFft() / 2;
      for (int i = 0; i < padded.length; i++) {
        int at = i + shift;
        padded[i] = at >= 0 && at < samples.length && Float.isFinite(samples[at]) ? samples[at] : 0;
      }
      this.re = new double[count][stft.bins()];
      this.im = new double[count][stft.bins()];
      for (int f = 0; f < count; f += stft.batch()) {
        int some = Math.min(stft.batch(), count - f);
        stft.analyse(
            padded,
            f,
            some,
            Arrays.copyOfRange(re, f, f + some),
            Arrays.copyOfRange(im, f, f + some));
      }
    }

    /**
     * Between the art's own level and the source's frame turned up or down by what the art changed.
     */
    double[][] magnitudes(TapeSpectrogram.Filter filter, double detail) {
      double[][] out = new double[re.length][re[0].length];
      for (int f = 0; f < out.length; f++) {
        int column = Math.clamp(f - grid.margin(), 0, columns - 1);
        double[] drawn = filter.magnitude()[column];
        double[] gain = filter.gain()[column];
        double[] trust = filter.trust()[column];
        for (int k = 0; k < out[f].length; k++) {
          double own = Math.sqrt(re[f][k] * re[f][k] + im[f][k] * im[f][k]);
          double share = detail * trust[k];
          out[f][k] = share * gain[k] * own + (1 - share) * drawn[k];
        }
      }
      return out;
    }

    /** With this side's phases, and where it is silent with the other one's. */
    float[] sound(double[][] magnitudes, SourceFrames other, int iterations) {
      InitialPhase phases =
          (frame, toRe, toIm) -> {
            for (int k = 0; k < toRe.length; k++) {
              boolean silent = re[frame][k] == 0 && im[frame][k] == 0;
              double real = silent ? other.re[frame][k] : re[frame][k];
              double imaginary = silent ? other.im[frame][k] : im[frame][k];
              double norm = Math.hypot(real, imaginary);
              toRe[k] = norm == 0 ? 1 : real / norm;
              toIm[k] = norm == 0 ? 0 : imaginary / norm;
            }
          };
      return grid.sound(magnitudes, phases, iterations);
    }
  }
}
