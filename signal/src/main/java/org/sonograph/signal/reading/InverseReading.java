package org.sonograph.signal.reading;

import java.util.List;

/**
 * The picture as the spectrogram it was: axis, range, tilt and size undone, phases found.
 *
 * <p>Where the source's sound is at hand, its phases are the beginning, and its fine structure
 * between the rows comes through: the picture acts on it as a filter. Otherwise phases are
 * integrated from the picture's own gradients.
 */
public final class InverseReading extends ProfiledReading {

  static final Parameter.Choice PHASE =
      new Parameter.Choice(
          "phase",
          "where phases come from: the source's sound, the picture's gradients (PGHI), or random;"
              + " auto is source where there is one, else gradient",
          List.of("auto", "source", "gradient", "random"));

  static final Parameter.Number DETAIL =
      new Parameter.Number(
          "detail",
          "how much of the source's fine structure, which rows do not show, comes through; only"
              + " with its phases",
          1,
          0,
          1);

  static final Parameter.Own ITERATIONS =
      new Parameter.Own(
          "iterations",
          "of Griffin-Lim, from those phases on; unless given none from the source, else 16, in"
              + " notebook 32",
          0,
          10_000);

  /** For {@link java.util.ServiceLoader}. */
  public InverseReading() {
    super(
        "inverse",
        "the picture as the spectrogram it was; the source shimmers through",
        List.of(PHASE, DETAIL, ITERATIONS, new Parameter.Seed("seed")),
        NotebookInverse::read,
        TapeInverse::read);
  }

  @Override
  public boolean wantsSource() {
    return true;
  }

  @Override
  public String length() {
    return "as long as the chunk; in notebook as long as the source";
  }
}
