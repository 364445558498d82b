package org.sonograph.gallery.page;

/**
 * What decides how long a picture takes.
 *
 * @param model name of the model
 * @param steps inference steps that are run, strength taken into account
 * @param guided whether every step is made twice, with and without the prompt
 */
public record Paint(String model, int steps, boolean guided) {
  /** Of settings as a recipe has them. */
  public static Paint of(String model, int steps, double strength, double guidance) {
    return new Paint(model, Math.max(1, (int) (steps * strength)), guidance > 1);
  }

  /** Passes through the model. */
  int passes() {
    return guided ? 2 * steps : steps;
  }
}
