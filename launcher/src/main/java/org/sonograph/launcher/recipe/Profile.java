package org.sonograph.launcher.recipe;

import java.util.Locale;

/** Named sets of settings. */
public enum Profile {
  /** The origin: one picture of the whole file, number for number. */
  NOTEBOOK,
  /** Made for listening, chunk after chunk, as long as the input. */
  TAPE;

  /** What the user types. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
