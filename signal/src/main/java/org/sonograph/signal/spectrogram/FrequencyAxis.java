package org.sonograph.signal.spectrogram;

import java.util.Locale;

/**
 * The vertical axis of a picture: rows of equal height on a logarithmic, mel or linear scale. Rows
 * are counted from the bottom; the lower edge of row 0 is {@code lowHz}, the upper edge of the last
 * row {@code highHz}.
 *
 * @param scale how frequencies are spread
 * @param lowHz lower edge
 * @param highHz upper edge
 * @param rows number of rows
 */
public record FrequencyAxis(Scale scale, double lowHz, double highHz, int rows) {

  /** A monotone map of frequency to a straight line. */
  public enum Scale {
    /** An octave is the same distance everywhere. */
    LOG,
    /** HTK's mel scale: 2595 log10(1 + f/700). */
    MEL,
    /** A hertz is the same distance everywhere. */
    LINEAR;

    /** The scale of that name. */
    public static Scale of(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "log" -> LOG;
        case "mel" -> MEL;
        case "linear" -> LINEAR;
        default ->
            throw new IllegalArgumentException("axis=" + name + ", expected log, mel or linear");
      };
    }

    double forward(double hz) {
      return switch (this) {
        case LOG -> Math.log(hz);
        case MEL -> 2595 * Math.log10(1 + hz / 700);
        case LINEAR -> hz;
      };
    }

    double back(double position) {
      return switch (this) {
        case LOG -> Math.exp(position);
        case MEL -> 700 * (Math.pow(10, position / 2595) - 1);
        case LINEAR -> position;
      };
    }
  }

  public FrequencyAxis {
    if (rows < 1 || !(lowHz >= 0) || !(highHz > lowHz) || (scale == Scale.LOG && lowHz == 0)) {
      throw new IllegalArgumentException(
          "%s axis of %d rows from %s to %s Hz".formatted(scale, rows, lowHz, highHz));
    }
  }

  /**
   * The frequency at a height: 0 = lower edge of the bottom row, {@code rows} = upper edge of the
   * top row.
   */
  public double frequencyHz(double height) {
    double low = scale.forward(lowHz);
    return scale.back(low + (scale.forward(highHz) - low) * height / rows);
  }

  /** The frequency in the middle of a row, rows counted from the bottom. */
  public double centreHz(int row) {
    return frequencyHz(row + 0.5);
  }

  /** The height of a frequency; inverse of {@link #frequencyHz}. Row r reaches from r to r + 1. */
  public double height(double hz) {
    double low = scale.forward(lowHz);
    return (scale.forward(hz) - low) / (scale.forward(highHz) - low) * rows;
  }

  /** Share of this axis's rows that lies between two frequencies, 0 to 1. */
  public double share(double fromHz, double toHz) {
    double from = Math.clamp(fromHz, lowHz, highHz);
    double to = Math.clamp(toHz, lowHz, highHz);
    return to <= from ? 0 : (height(to) - height(from)) / rows;
  }
}
