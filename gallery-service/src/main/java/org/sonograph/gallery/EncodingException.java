package org.sonograph.gallery;

/**
 * A sound that cannot be turned into the format asked for, whatever one does; a full disk is not
 * meant.
 */
final class EncodingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EncodingException(String message, Throwable cause) {
    super(message, cause);
  }
}
