package org.sonograph.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answered, and will not take our schema: incompatible, unknown or not allowed. */
public final class SchemaRefusedException extends SerializationException {
  private static final long serialVersionUID = 1;

  public SchemaRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
