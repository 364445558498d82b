package org.sonograph.signal.reading;

import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.reading.ReadingOutput.Extent;
import org.sonograph.signal.spectrogram.FrequencyAxis;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.TapeSpectrogram;

/**
 * A picture as a plane of time and pitch, whichever profile it belongs to: columns from left to
 * right, rows from the lowest pitch up.
 *
 * @param art colour, {@code columns} wide; row 0 on top
 * @param lowOnTop whether the lowest pitch is the top row, as in {@code notebook}
 * @param axis what its rows mean, counted from the lowest
 * @param sampleRateHz rate of the sound
 * @param hopSamples samples from column to column
 * @param startSample sample of the track at which column 0 is centred
 * @param samples length of the sound
 * @param decibels what pixels mean
 * @param extent how the sound's length relates to the track's
 */
record Canvas(
    Picture art,
    boolean lowOnTop,
    FrequencyAxis axis,
    int sampleRateHz,
    int hopSamples,
    long startSample,
    int samples,
    Decibels decibels,
    Extent extent) {

  /** Pixels of a picture whose sound has a length of its own; this many columns are minutes. */
  private static final int MOST_PIXELS = 1 << 24;

  private static final int NOTEBOOK_RATE_HZ = 24_000;
  private static final double NOTEBOOK_RANGE_DB = 80;

  /**
   * What a pixel means.
   *
   * @param blackDb level of pixel 0, which itself is silence
   * @param whiteDb level of pixel 255, dB re full scale
   * @param tiltDbPerOctave what the picture adds to high notes
   */
  record Decibels(double blackDb, double whiteDb, double tiltDbPerOctave) {

    /** Linear amplitude at a frequency. */
    double amplitude(double pixel, double hz) {
      if (pixel <= 0) {
        return 0;
      }
      double tiltDb = TapeSpectrogram.tiltDb(tiltDbPerOctave, hz);
      return Math.pow(10, (blackDb + pixel / 255 * (whiteDb - blackDb) - tiltDb) / 20);
    }
  }

  /**
   * The canvas of a request.
   *
   * @throws IllegalArgumentException if its profile is not known to any reading
   */
  static Canvas of(ReadingRequest request, String reading) {
    return switch (request.inversion().profile()) {
      case "tape" -> tape(request);
      case "notebook" -> notebook(request.art());
      default ->
          throw new IllegalArgumentException(
              "profile=%s, expected one of [notebook, tape] (reading=%s take=%s)"
                  .formatted(request.inversion().profile(), reading, request.position().take()));
    };
  }

  private static Canvas tape(ReadingRequest request) {
    TapeReadings.checkRate(request);
    Inversion inversion = request.inversion();
    int samples = Math.toIntExact(request.position().lengthSamples());
    int columns = Math.max(1, TapeSpectrogram.columns(samples, inversion));
    return new Canvas(
        TapeSpectrogram.fit(request.art(), inversion).columns(0, columns).toRgb(),
        false,
        new FrequencyAxis(
            FrequencyAxis.Scale.of(inversion.axis()),
            inversion.lowHz(),
            inversion.highHz(),
            inversion.height()),
        inversion.sampleRateHz(),
        inversion.hopSamples(),
        request.position().startSample(),
        samples,
        new Decibels(inversion.blackDb(), inversion.whiteDb(), inversion.tiltDbPerOctave()),
        Extent.TRACK);
  }

  /** A column lasts as long as in the notebook's Griffin-Lim, half a window of 2 (h - 1). */
  private static Canvas notebook(Picture art) {
    if ((long) art.width() * art.height() > MOST_PIXELS) {
      throw new UnreadablePictureException(
          "picture %dx%d, expected at most %d pixels; make it smaller"
              .formatted(art.width(), art.height(), MOST_PIXELS));
    }
    int hop = Math.max(1, art.height() - 1);
    return new Canvas(
        art.toRgb(),
        true,
        new FrequencyAxis(FrequencyAxis.Scale.LINEAR, 0, NOTEBOOK_RATE_HZ / 2.0, art.height()),
        NOTEBOOK_RATE_HZ,
        hop,
        0,
        Math.max(1, art.width() - 1) * hop,
        new Decibels(-NOTEBOOK_RANGE_DB, 0, 0),
        Extent.OWN);
  }

  int columns() {
    return art.width();
  }

  int rows() {
    return art.height();
  }

  /** Samples that columns cover; the sound may end before or, on a short picture, after. */
  int paintedSamples() {
    return (int) Math.min(samples, (long) columns() * hopSamples);
  }

  double secondsPerColumn() {
    return (double) hopSamples / sampleRateHz;
  }

  /** A pixel, 0 to 255; rows counted from the lowest. */
  int pixel(int column, int row, int channel) {
    return art.at(column, lowOnTop ? row : rows() - 1 - row, channel);
  }

  /** This canvas with other rows. */
  Canvas withArt(Picture picture, FrequencyAxis rows) {
    return new Canvas(
        picture, lowOnTop, rows, sampleRateHz, hopSamples, startSample, samples, decibels, extent);
  }
}
