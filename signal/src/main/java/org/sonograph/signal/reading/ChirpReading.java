package org.sonograph.signal.reading;

/** Hears each column as one tone. */
public final class ChirpReading extends ProfiledReading {

  /** For {@link java.util.ServiceLoader}. */
  public ChirpReading() {
    super(
        "chirp",
        "every column a gliding tone: red its pitch, green its loudness",
        TapeChirp.PARAMETERS,
        NotebookReadings.chirp(),
        TapeReadings.chirp());
  }

  @Override
  public String length() {
    return "as long as the chunk; in notebook 30 s";
  }
}
