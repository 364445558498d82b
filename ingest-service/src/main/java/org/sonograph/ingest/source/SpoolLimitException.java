package org.sonograph.ingest.source;

import java.io.IOException;

/** A stream longer than is taken in. */
public final class SpoolLimitException extends IOException {
  private static final long serialVersionUID = 1L;

  SpoolLimitException(long maxBytes) {
    super("it is longer than the limit of " + (maxBytes >> 20) + " MiB");
  }
}
