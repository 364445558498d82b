package org.sonograph.schemas;

import org.apache.kafka.common.errors.RetriableException;

/** The schema registry did not answer: try again later; the record itself may be perfectly good. */
public final class RegistryUnavailableException extends RetriableException {
  private static final long serialVersionUID = 1;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
