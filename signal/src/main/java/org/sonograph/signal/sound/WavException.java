package org.sonograph.signal.sound;

/** A WAV file that cannot be read, with a reason fit for the person who made it. */
public final class WavException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WavException(String message) {
    super(message);
  }
}
