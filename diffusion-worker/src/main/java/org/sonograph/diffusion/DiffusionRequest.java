package org.sonograph.diffusion;

import java.util.Objects;
import org.sonograph.signal.picture.Picture;

/**
 * One picture to repaint, and how.
 *
 * @param picture grey or RGB; grey is read as three equal channels
 * @param prompt what to paint, cut at the text encoder's length
 * @param negativePrompt what to stay away from; has no effect where guidance is 1 or less
 * @param strength over 0 up to 1: the share of {@code steps} that is run, and so how little of the
 *     picture is left
 * @param guidance weight of the prompt against the negative prompt; 1 or less halves the work
 * @param steps length of the whole noise schedule, of which {@link #stepsRun} are taken
 * @param scheduler a sampler's name, or "" for the model folder's own
 * @param noise where all random numbers come from
 * @param options what else is asked
 */
public record DiffusionRequest(
    Picture picture,
    String prompt,
    String negativePrompt,
    double strength,
    double guidance,
    int steps,
    String scheduler,
    NoisePlan noise,
    RequestOptions options) {

  /** Longest schedule: one step for each of the 1000 noise levels a model is trained on. */
  public static final int MAX_STEPS = 1000;

  public DiffusionRequest {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(negativePrompt, "negativePrompt");
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(noise, "noise");
    Objects.requireNonNull(options, "options");
    require(
        strength > 0 && strength <= 1,
        "strength=" + strength + ", expected more than 0, at most 1");
    require(guidance >= 0 && guidance <= 100, "guidance=" + guidance + ", expected 0 to 100");
    require(steps >= 1 && steps <= MAX_STEPS, "steps=" + steps + ", expected 1 to " + MAX_STEPS);
    require(
        (int) (steps * strength) >= 1,
        "steps=%d with strength=%s leaves no step to run (steps x strength = %.3g, less than 1): use at least %d steps or more strength"
            .formatted(steps, strength, steps * strength, (int) Math.ceil(1 / strength)));
  }

  /** A request without anything special. */
  public DiffusionRequest(
      Picture picture,
      String prompt,
      String negativePrompt,
      double strength,
      double guidance,
      int steps,
      String scheduler,
      NoisePlan noise) {
    this(
        picture,
        prompt,
        negativePrompt,
        strength,
        guidance,
        steps,
        scheduler,
        noise,
        RequestOptions.NONE);
  }

  /** The same with other options. */
  public DiffusionRequest with(RequestOptions other) {
    return new DiffusionRequest(
        picture, prompt, negativePrompt, strength, guidance, steps, scheduler, noise, other);
  }

  /** Steps that are run: {@code steps x strength}, cut to a whole number as diffusers cuts it. */
  public int stepsRun() {
    return Math.min((int) (steps * strength), steps);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new DiffusionException(DiffusionException.Reason.REQUEST, message);
    }
  }
}
