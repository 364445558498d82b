package org.sonograph.diffusion;

import java.util.Objects;

/**
 * What is changed about a sampler and about guidance.
 *
 * @param eta share of DDIM's noise that is renewed at each step, 0 to 1; 0 for other samplers
 * @param guidanceRescale 0 to 1: how much of the contrast that guidance adds is taken back (Lin et
 *     al. 2024, section 3.4)
 * @param spacing which of the trained times a schedule visits: leading, linspace or trailing; "" as
 *     the sampler and the model's folder say
 */
public record SamplerTuning(double eta, double guidanceRescale, String spacing) {

  /** Nothing is changed. */
  public static final SamplerTuning NONE = new SamplerTuning(0, 0, "");

  public SamplerTuning {
    Objects.requireNonNull(spacing, "spacing");
    requireShare("eta", eta);
    requireShare("guidance-rescale", guidanceRescale);
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new DiffusionException(
          DiffusionException.Reason.REQUEST, name + "=" + value + ", expected 0 to 1");
    }
  }
}
