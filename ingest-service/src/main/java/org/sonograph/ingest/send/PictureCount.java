package org.sonograph.ingest.send;

/** Counts the pictures that have not yet become sound. */
@FunctionalInterface
public interface PictureCount {
  /**
   * Pictures of all who send.
   *
   * @param unpainted sent to the broker and not yet taken off the workers' hands
   * @param painted painted and not yet decoded
   */
  record Pictures(long unpainted, long painted) {
    long underWay() {
      return unpainted + painted;
    }
  }

  /** How many there are now. */
  Pictures count();
}
