package org.sonograph.diffusion;

import java.util.Objects;

/**
 * How the prompts of a request are read.
 *
 * @param syntax what characters mean
 * @param next the prompt that the picture is on its way to; has no effect where share is 0
 * @param share how far it is on that way, 0 to 1, in a straight line between the embeddings
 */
public record PromptReading(PromptSyntax syntax, String next, double share) {

  /** Literally, one prompt. */
  public static final PromptReading PLAIN = new PromptReading(PromptSyntax.PLAIN, "", 0);

  public PromptReading {
    Objects.requireNonNull(syntax, "syntax");
    Objects.requireNonNull(next, "next");
    if (!(share >= 0 && share <= 1)) {
      throw new DiffusionException(
          DiffusionException.Reason.REQUEST, "share=" + share + ", expected 0 to 1");
    }
  }
}
