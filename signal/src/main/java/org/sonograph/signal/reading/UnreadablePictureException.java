package org.sonograph.signal.reading;

/** A picture that a reading cannot make sound of, whatever its parameters. */
public final class UnreadablePictureException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** Says what the picture is, and what was expected. */
  public UnreadablePictureException(String message) {
    super(message);
  }
}
