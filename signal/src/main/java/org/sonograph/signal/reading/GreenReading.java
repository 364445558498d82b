package org.sonograph.signal.reading;

/** Hears the green channel alone. */
public final class GreenReading extends ProfiledReading {

  /** For {@link java.util.ServiceLoader}. */
  public GreenReading() {
    super(
        "green",
        "the green channel as magnitudes, phases found by Griffin-Lim",
        ReadingParameters.GRIFFIN_LIM,
        NotebookReadings.channel(1),
        TapeReadings.channel(1));
  }
}
