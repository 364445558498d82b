package org.sonograph.signal.reading;

import org.sonograph.signal.phase.GradientPhase;
import org.sonograph.signal.phase.GriffinLim;
import org.sonograph.signal.phase.InitialPhase;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;

/**
 * {@code inverse} in {@code notebook}: the picture at the size it had before it was resized, at the
 * source's own rate. Unlike the notebook's own readings it undoes what the notebook did, and keeps
 * the level unless that passes full scale.
 */
final class NotebookInverse {
  private static final int ITERATIONS = 32;
  private static final int MOST_NUMBERS = 1 << 24;

  private NotebookInverse() {}

  static ReadingOutput read(ReadingRequest request) {
    Inversion inversion = request.inversion();
    String phase = TapeInverse.phase(request);
    if (phase.equals("source")) {
      throw new IllegalArgumentException(
          "parameter phase=source, expected gradient or random in profile notebook (take=%s)"
              .formatted(request.position().take()));
    }
    int bins = inversion.nFft() / 2 + 1;
    int frames = Math.max(2, inversion.frames());
    if ((long) bins * frames > MOST_NUMBERS) {
      throw new UnreadablePictureException(
          "picture of %d frames with %d bins, expected at most %d numbers"
              .formatted(frames, bins, MOST_NUMBERS));
    }
    Picture art = PillowResize.resize(request.art(), frames, bins, PillowResize.Filter.BICUBIC);
    double[][] magnitudes = magnitudes(art, inversion);
    GriffinLim.Settings settings =
        GriffinLim.Settings.torchaudio(inversion.nFft(), inversion.hopSamples(), frames);
    InitialPhase start =
        phase.equals("gradient")
            ? GradientPhase.of(
                magnitudes,
                new GradientPhase.Settings(inversion.nFft(), inversion.hopSamples(), 0, 0, 0),
                request.seed())
            : InitialPhase.absolute(request.seed(), 0);
    int iterations = InverseReading.ITERATIONS.of(request.parameters(), ITERATIONS);
    double[] found = GriffinLim.run(magnitudes, start, settings.withIterations(iterations));
    float[] out = new float[found.length];
    double peak = 1;
    for (double v : found) {
      peak = Math.max(peak, Math.abs(v));
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (found[i] / peak);
    }
    return new ReadingOutput(Sound.mono(inversion.sampleRateHz(), out), ReadingOutput.Extent.OWN);
  }

  /** {@code [column][row]}: the mean of the channels' magnitudes; row 0 is 0 Hz. */
  private static double[][] magnitudes(Picture art, Inversion inversion) {
    double[] level = new double[256];
    for (int p = 0; p < level.length; p++) {
      double db = inversion.blackDb() + p / 255.0 * (inversion.whiteDb() - inversion.blackDb());
      level[p] = Math.pow(10, db / 20);
    }
    double[][] out = new double[art.width()][art.height()];
    for (int x = 0; x < out.length; x++) {
      for (int y = 0; y < out[x].length; y++) {
        out[x][y] = (level[art.at(x, y, 0)] + level[art.at(x, y, 1)] + level[art.at(x, y, 2)]) / 3;
      }
    }
    return out;
  }
}
