package org.sonograph.ingest.send;

/** A chunk that could not be sent; the take can be sent again and goes on where it was. */
public final class SendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SendException(String message, Throwable cause) {
    super(message, cause);
  }
}
