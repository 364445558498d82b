package org.sonograph.gallery;

/**
 * A record that can be read and yet cannot be right, in words for whoever looks at its dead letter.
 */
final class BadRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRecordException(String message) {
    super(message);
  }
}
