package org.sonograph.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** These bytes will never be read, however often one tries: a dead letter. */
public final class UnreadableValueException extends SerializationException {
  private static final long serialVersionUID = 1;

  public UnreadableValueException(String message) {
    super(message);
  }

  public UnreadableValueException(String message, Throwable cause) {
    super(message, cause);
  }
}
