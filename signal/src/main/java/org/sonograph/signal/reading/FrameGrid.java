package org.sonograph.signal.reading;

import java.util.Arrays;
import org.sonograph.signal.phase.GriffinLim;
import org.sonograph.signal.phase.InitialPhase;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

/**
 * The frames behind a chunk's columns, and the way from their magnitudes to sound.
 *
 * <p>The edge columns go on for half a window on both sides, so that the sound does not know where
 * its picture ended. A picture that ends far below half the rate loses nothing when phases are
 * sought at a lower rate: there the same frames have fewer samples. Only the last step is done at
 * the full rate.
 *
 * @param sampleRateHz rate of the sound
 * @param nFft window, samples
 * @param hopSamples samples from frame to frame
 * @param margin frames before the first column, and after the last
 * @param firstFrame place of the first frame of the margin in its track
 * @param samples length of the sound
 * @param fold how many times lower the rate is at which phases are sought
 */
record FrameGrid(
    int sampleRateHz,
    int nFft,
    int hopSamples,
    int margin,
    long firstFrame,
    int samples,
    int fold) {

  /** Room above the highest note for the slope of its window: twice half a Hann window's lobe. */
  private static final int HEADROOM_BINS = 4;

  /** Shorter windows are not worth the detour. */
  private static final int LEAST_WINDOW = 512;

  static FrameGrid of(ReadingRequest request) {
    Inversion inversion = request.inversion();
    int hop = inversion.hopSamples();
    int margin = Math.ceilDiv(inversion.nFft() / 2, hop);
    double binHz = (double) inversion.sampleRateHz() / inversion.nFft();
    double highest = inversion.highHz() + HEADROOM_BINS * binHz;
    int fold = 1;
    while (inversion.nFft() % (4 * fold) == 0
        && hop % (2 * fold) == 0
        && inversion.nFft() / (2 * fold) >= LEAST_WINDOW
        && highest <= inversion.sampleRateHz() / (4.0 * fold)) {
      fold *= 2;
    }
    return new FrameGrid(
        inversion.sampleRateHz(),
        inversion.nFft(),
        hop,
        margin,
        request.position().startSample() / hop - margin,
        Math.toIntExact(request.position().lengthSamples()),
        fold);
  }

  /** The same frames, phases sought at the full rate. */
  FrameGrid unfolded() {
    return new FrameGrid(sampleRateHz, nFft, hopSamples, margin, firstFrame, samples, 1);
  }

  /** {@code [column][bin]} with the margin's frames on both sides. */
  double[][] padded(double[][] columns) {
    double[][] out = new double[columns.length + 2 * margin][];
    Arrays.setAll(out, f -> columns[Math.clamp(f - margin, 0, columns.length - 1)]);
    return out;
  }

  /** Window of the frames in which phases are sought. */
  int foldedWindow() {
    return nFft / fold;
  }

  /** Samples from frame to frame there. */
  int foldedHop() {
    return hopSamples / fold;
  }

  /** The bins that are left there. */
  double[][] folded(double[][] frames) {
    if (fold == 1) {
      return frames;
    }
    double[][] out = new double[frames.length][];
    int bins = foldedWindow() / 2 + 1;
    double[] before = null;
    for (int f = 0; f < out.length; f++) {
      // the margin's frames are one array, here as there
      out[f] = f > 0 && frames[f] == before ? out[f - 1] : Arrays.copyOf(frames[f], bins);
      before = frames[f];
    }
    return out;
  }

  /**
   * The chunk's sound.
   *
   * @param frames magnitudes with margin, {@code [frame][bin]}
   * @param start phases to begin with, asked for the bins of {@link #folded}
   * @param iterations of Griffin-Lim
   */
  float[] sound(double[][] frames, InitialPhase start, int iterations) {
    double[] found;
    if (fold == 1) {
      found =
          GriffinLim.run(
              frames,
              start,
              GriffinLim.Settings.torchaudio(nFft, hopSamples, frames.length)
                  .withIterations(iterations));
    } else {
      Spectrum low =
          GriffinLim.spectrum(
              folded(frames),
              start,
              GriffinLim.Settings.torchaudio(foldedWindow(), foldedHop(), frames.length)
                  .withIterations(iterations));
      found = new Stft(nFft, hopSamples).inverse(widened(low), hopSamples * (frames.length - 1));
    }
    float[] out = new float[samples];
    int count = Math.min(samples, (frames.length - 2 * margin) * hopSamples);
    for (int i = 0; i < count && margin * hopSamples + i < found.length; i++) {
      out[i] = (float) found[margin * hopSamples + i];
    }
    return out;
  }

  private Spectrum widened(Spectrum low) {
    int bins = nFft / 2 + 1;
    double[][] re = new double[low.frames()][];
    double[][] im = new double[low.frames()][];
    for (int f = 0; f < re.length; f++) {
      re[f] = Arrays.copyOf(low.re()[f], bins);
      im[f] = Arrays.copyOf(low.im()[f], bins);
    }
    return new Spectrum(re, im);
  }
}
