package org.sonograph.ingest;

/**
 * What became of one source.
 *
 * @param take id of the take; empty when the source was refused before it had one
 * @param chunks chunks of the take that the broker has
 * @param samples length of the take; 0 when it was not measured
 * @param message one line about the source, beginning with its name; empty when all is well
 */
public record IngestResult(
    String take, long chunks, long samples, Outcome outcome, String message) {

  /** How it ended. */
  public enum Outcome {
    /** All of it was sent. */
    SENT,
    /** It had been sent by an earlier attempt. */
    ALREADY_SENT,
    /** What could be decoded was sent; the source breaks off. */
    INCOMPLETE,
    /** Nothing was sent: shorter than one analysis window. */
    TOO_SHORT,
    /** Nothing was sent: no sound, or not sound that can be read. */
    REFUSED
  }

  /** True when the input was at fault: exit code 65. */
  public boolean badInput() {
    return switch (outcome) {
      case SENT, ALREADY_SENT -> false;
      case INCOMPLETE, TOO_SHORT, REFUSED -> true;
    };
  }

  static IngestResult refused(String message) {
    return new IngestResult("", 0, 0, Outcome.REFUSED, message);
  }
}
