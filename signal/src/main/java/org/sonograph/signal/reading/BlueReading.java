package org.sonograph.signal.reading;

/** Hears the blue channel alone. */
public final class BlueReading extends ProfiledReading {

  /** For {@link java.util.ServiceLoader}. */
  public BlueReading() {
    super(
        "blue",
        "the blue channel as magnitudes, phases found by Griffin-Lim",
        ReadingParameters.GRIFFIN_LIM,
        NotebookReadings.channel(2),
        TapeReadings.channel(2));
  }
}
