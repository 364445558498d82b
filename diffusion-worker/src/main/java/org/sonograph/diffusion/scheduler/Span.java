package org.sonograph.diffusion.scheduler;

/**
 * Which part of a schedule is run, and on how much.
 *
 * @param steps length of the whole schedule
 * @param first steps left out at its beginning, because the picture is not painted from pure noise
 * @param size numbers in one picture's latents
 */
public record Span(int steps, int first, int size) {

  public Span {
    if (steps < 1 || first < 0 || first >= steps || size < 1) {
      throw new IllegalArgumentException(
          "steps=%d first=%d size=%d, expected 0 <= first < steps and size >= 1"
              .formatted(steps, first, size));
    }
  }
}
