package org.sonograph.signal.reading;

/** Hears the red channel alone. */
public final class RedReading extends ProfiledReading {

  /** For {@link java.util.ServiceLoader}. */
  public RedReading() {
    super(
        "red",
        "the red channel as magnitudes, phases found by Griffin-Lim",
        ReadingParameters.GRIFFIN_LIM,
        NotebookReadings.channel(0),
        TapeReadings.channel(0));
  }
}
