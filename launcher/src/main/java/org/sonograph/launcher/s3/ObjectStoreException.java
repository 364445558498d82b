package org.sonograph.launcher.s3;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A request that the storage refused, or that did not reach it; the message is one line. */
final class ObjectStoreException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int CHANGED = 412;
  private static final int NO_SUCH_RANGE = 416;

  private final int status;

  private ObjectStoreException(String message, int status, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  static ObjectStoreException of(String message) {
    return new ObjectStoreException(message, 0, null);
  }

  /** What went wrong with an object. */
  static ObjectStoreException of(SdkException e) {
    return e instanceof S3Exception answer
        ? new ObjectStoreException(said(answer), answer.statusCode(), e)
        : new ObjectStoreException(unreached(e), 0, e);
  }

  /** True where asking again may help: it was not reached, or is too busy. */
  boolean mayPass() {
    return status == 0 || status == 408 || status == 429 || status >= 500;
  }

  boolean isNotFound() {
    return status == NOT_FOUND;
  }

  private static String said(S3Exception e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    String what =
        switch (e.statusCode()) {
          case NOT_FOUND -> "NoSuchBucket".equals(code) ? "no such bucket" : "is not there";
          case FORBIDDEN -> "the storage does not allow it; look at the credentials";
          case CHANGED, NO_SUCH_RANGE -> "changed while it was read";
          default -> "the storage answers";
        };
    return "%s (HTTP %d%s)"
        .formatted(what, e.statusCode(), code == null || code.isEmpty() ? "" : " " + code);
  }

  /** The innermost cause is what the network says; the client's own text repeats it. */
  private static String unreached(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    if (text.contains("credentials")) {
      return "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
    }
    return "the storage cannot be reached (%s: %s)"
        .formatted(cause.getClass().getSimpleName(), text);
  }
}
