package org.sonograph.runtime;

/** Something that a service was told to use is not on this machine; the message names it. */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
