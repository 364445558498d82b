package org.sonograph.gallery;

import java.util.Locale;

/** How far a take has come. */
enum Outcome {
  /** Records are still expected. */
  COLLECTING,
  /** All collected, nothing failed. */
  COMPLETE,
  /** All collected, and some of it is marked silence. */
  FAILED,
  /** Given up: too long without news. */
  ABANDONED;

  static Outcome parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isClosed() {
    return this != COLLECTING;
  }
}
