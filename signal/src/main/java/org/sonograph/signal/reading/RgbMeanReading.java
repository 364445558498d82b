package org.sonograph.signal.reading;

/** Hears the three channels together. */
public final class RgbMeanReading extends ProfiledReading {

  /** For {@link java.util.ServiceLoader}. */
  public RgbMeanReading() {
    super(
        "rgb-mean",
        "all three channels together: stereo on tape, three times as long in the notebook",
        ReadingParameters.STRETCHED,
        NotebookReadings.rgbMean(),
        TapeReadings.rgbMean());
  }

  @Override
  public String length() {
    return "as long as the chunk; in notebook three times its own (stretch)";
  }
}
