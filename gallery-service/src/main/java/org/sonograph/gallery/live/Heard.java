package org.sonograph.gallery.live;

/**
 * Where in a stream's takes the output is.
 *
 * @param kind what is heard
 * @param take id of the take; empty where it is none in its place
 * @param chunk number of the chunk; 0 where there is none
 * @param seconds since the take's first sample, s
 */
record Heard(Source.Kind kind, String take, long chunk, double seconds) {
  /** Sound that is of no take in its place. */
  static Heard ofNoTake(Source.Kind kind) {
    return new Heard(kind, "", 0, 0);
  }

  /** Whether it is the sound of a picture that is passed over as time passes. */
  boolean isTake() {
    return !take.isEmpty();
  }
}
