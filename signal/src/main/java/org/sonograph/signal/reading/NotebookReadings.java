package org.sonograph.signal.reading;

import java.util.ArrayList;
import java.util.List;
import org.sonograph.signal.phase.GriffinLim;
import org.sonograph.signal.phase.InitialPhase;
import org.sonograph.signal.phase.PhaseVocoder;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.reading.ReadingOutput.Extent;
import org.sonograph.signal.reading.ReadingParameters.Phase;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.transform.Stft;
import org.sonograph.signal.transform.ToneSum;

/**
 * The readings as the notebook does them, number for number: row 0 of the picture is 0 Hz, a pixel
 * spans 80 dB, the transform's length follows from the picture's height, sound is 24 kHz whatever
 * the source was, as long as the picture is wide.
 */
final class NotebookReadings {

  private static final int SAMPLE_RATE_HZ = 24_000;
  private static final double RANGE_DB = 80;
  private static final double STRETCH = 3;
  private static final double MOST_STRETCH = 64;
  private static final int MOST_ITERATIONS = 10_000;

  /** Three numbers a pixel are held at once; this many pixels are 400 MB. */
  private static final int MOST_PIXELS = 1 << 24;

  private static final double CHIRP_SECONDS = 30;
  private static final int CHIRP_WIDTH = 400;
  private static final int CHIRP_HEIGHT = 300;
  private static final double CHIRP_HIGHEST_HZ = 800;

  private NotebookReadings() {}

  /** One channel, peak-normalised. */
  static ProfileReading channel(int channel) {
    return request -> output(normalised(waveform(request, channel)));
  }

  /** The mean of the three channels' waveforms, peak-normalised, then stretched. */
  static ProfileReading rgbMean() {
    return NotebookReadings::readRgbMean;
  }

  /** A gliding tone a column, all at once. */
  static ProfileReading chirp() {
    return NotebookReadings::readChirp;
  }

  private static ReadingOutput readRgbMean(ReadingRequest request) {
    double stretch =
        new ReadingParameters(request.parameters())
            .number(ReadingParameters.STRETCH, STRETCH, 1 / MOST_STRETCH, MOST_STRETCH);
    List<double[]> waves = new ArrayList<>();
    for (int channel = 0; channel < 3; channel++) {
      // a grey picture's channels are one channel
      waves.add(
          channel > 0 && request.art().channels() == 1
              ? waves.getFirst()
              : waveform(request, channel));
    }
    double[] mean = new double[waves.getFirst().length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (waves.get(0)[i] + waves.get(1)[i] + waves.get(2)[i]) / 3;
    }
    double[] sound = normalised(mean);
    return output(stretch == 1 ? sound : PhaseVocoder.stretch(sound, stretch));
  }

  private static double[] waveform(ReadingRequest request, int channel) {
    Picture art = request.art();
    if ((long) art.width() * art.height() > MOST_PIXELS) {
      throw new UnreadablePictureException(
          "picture %dx%d, expected at most %d pixels; make it smaller"
              .formatted(art.width(), art.height(), MOST_PIXELS));
    }
    ReadingParameters parameters = new ReadingParameters(request.parameters());
    double[][] magnitudes = magnitudes(art, channel);
    int nFft = 2 * (magnitudes[0].length - 1);
    GriffinLim.Settings settings =
        GriffinLim.Settings.torchaudio(nFft, nFft / 2, magnitudes.length)
            .withIterations(
                parameters.whole(
                    ReadingParameters.ITERATIONS,
                    GriffinLim.Settings.ITERATIONS,
                    0,
                    MOST_ITERATIONS));
    InitialPhase start =
        switch (parameters.phase(Phase.RANDOM)) {
          case ZERO -> InitialPhase.ZERO;
          case RANDOM ->
              InitialPhase.random(parameters.seed(request.position().take()) * 3 + channel);
          case GRADIENT ->
              throw new IllegalArgumentException(
                  "parameter phase=gradient, expected zero or random in profile notebook");
        };
    // torchaudio makes its window in single precision, even for a transform in double
    return GriffinLim.run(magnitudes, start, settings, Stft.hannInSinglePrecision(nFft));
  }

  /**
   * {@code [column][row]}: 80 dB over the pixel's range, as a power whose root torchaudio's
   * Griffin-Lim takes. A single column sounds as two, since one frame alone spans no time, and a
   * single row as two, since one bin alone is no transform.
   */
  private static double[][] magnitudes(Picture art, int channel) {
    double[] levels = new double[256];
    for (int p = 0; p < levels.length; p++) {
      double db = (double) (p / 255f) * RANGE_DB - RANGE_DB;
      levels[p] = Math.sqrt(Math.pow(10, db / 20));
    }
    double[][] magnitudes = new double[Math.max(2, art.width())][Math.max(2, art.height())];
    for (int x = 0; x < magnitudes.length; x++) {
      for (int y = 0; y < magnitudes[x].length; y++) {
        int column = Math.min(x, art.width() - 1);
        magnitudes[x][y] = levels[art.at(column, Math.min(y, art.height() - 1), channel)];
      }
    }
    return magnitudes;
  }

  private static ReadingOutput readChirp(ReadingRequest request) {
    Picture art =
        PillowResize.resize(request.art(), CHIRP_WIDTH, CHIRP_HEIGHT, PillowResize.Filter.BICUBIC);
    double[] frequencyHz = new double[CHIRP_WIDTH];
    double[] amplitude = new double[CHIRP_WIDTH];
    for (int x = 0; x < CHIRP_WIDTH; x++) {
      frequencyHz[x] = CHIRP_HIGHEST_HZ * columnMean(art, x, 0);
      amplitude[x] = (0.2 + 0.8 * columnMean(art, x, 1)) / CHIRP_WIDTH;
    }
    // scipy's linear chirp from f to 1.5 f in time T has phase f * (t + t^2 / 4T): one warped axis
    // for all; numpy's linspace includes its end
    double[] warped = new double[(int) (CHIRP_SECONDS * SAMPLE_RATE_HZ)];
    double period = CHIRP_SECONDS / (warped.length - 1);
    for (int n = 0; n < warped.length; n++) {
      double t = n * period;
      warped[n] = t + t * t / (4 * CHIRP_SECONDS);
    }
    ToneSum.Tones tones = new ToneSum.Tones(frequencyHz, amplitude, new double[CHIRP_WIDTH]);
    return output(ToneSum.sum(tones, warped));
  }

  /** Over all rows, 0 to 1. */
  private static double columnMean(Picture art, int x, int channel) {
    long sum = 0;
    for (int y = 0; y < art.height(); y++) {
      sum += art.at(x, y, channel);
    }
    return sum / 255.0 / art.height();
  }

  private static double[] normalised(double[] samples) {
    double peak = 0;
    for (double sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    if (peak > 0) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] /= peak;
      }
    }
    return samples;
  }

  private static ReadingOutput output(double[] samples) {
    float[] rounded = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      rounded[i] = (float) samples[i];
    }
    return new ReadingOutput(new Sound(SAMPLE_RATE_HZ, new float[][] {rounded}), Extent.OWN);
  }
}
