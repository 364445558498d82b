package org.sonograph.diffusion.worker;

/** What becomes of a record that was worked on. */
enum Outcome {
  /** Painted, and the art is with the broker. */
  PAINTED("painted", true),
  /** So little to hear that it went on as it came. */
  SKIPPED("skipped", true),
  /** A failure record is with the broker in its place. */
  FAILED("failed", true),
  /** Of a live stream, and nobody would hear it any more: a failure record is in its place. */
  TOO_LATE("too-late", true),
  /** It carried an earlier stage's failure, which was passed on. */
  PASSED("passed", true),
  /** Unreadable without telling which chunk: only a dead letter is left of it. */
  DROPPED("dropped", true),
  /** The device or the registry failed; it goes back for another try, after a while. */
  RELEASED("released", false),
  /** It belongs to another worker by now, or goes back because this one stops. */
  GIVEN_UP("given-up", false);

  private final String text;
  private final boolean isDone;

  Outcome(String text, boolean isDone) {
    this.text = text;
    this.isDone = isDone;
  }

  /** For meters. */
  String text() {
    return text;
  }

  /** Whether the record may be accepted. */
  boolean isDone() {
    return isDone;
  }
}
