package org.sonograph.ingest.source;

import java.io.IOException;

/** A stream that is longer, or more together with others, than is taken in. */
public final class SpoolLimitException extends IOException {
  private static final long serialVersionUID = 1L;

  private SpoolLimitException(String message) {
    super(message);
  }

  /** One stream is longer than one may be. */
  static SpoolLimitException ofOne(long maxBytes) {
    return new SpoolLimitException("it is longer than the limit of " + (maxBytes >> 20) + " MiB");
  }

  /** It comes so slowly that it would hold its place for days. */
  static SpoolLimitException ofSlow(long bytesASecond) {
    return new SpoolLimitException(
        "it comes at less than %d bytes a second".formatted(bytesASecond));
  }

  /** What waits and what arrives is more than the disk is lent for. */
  static SpoolLimitException ofAll(long maxBytes) {
    return new SpoolLimitException(
        "what has been sent and still waits would be more than %d MiB; try again later"
            .formatted(maxBytes >> 20));
  }
}
