package org.sonograph.signal.reading;

/** Hears each column as one tone. */
public final class ChirpReading extends ProfiledReading {

  /** For {@link java.util.ServiceLoader}. */
  public ChirpReading() {
    super(
        "chirp",
        "every column a gliding tone: red its pitch, green its loudness",
        NotebookReadings.chirp(),
        TapeReadings.chirp());
  }
}
