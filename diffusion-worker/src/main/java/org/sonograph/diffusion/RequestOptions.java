package org.sonograph.diffusion;

import java.util.Objects;
import java.util.Optional;
import org.sonograph.signal.picture.Picture;

/**
 * What a request may ask for beyond a prompt and a strength.
 *
 * @param reading how prompts are read
 * @param tuning what is changed about the sampler
 * @param mask only what is white in it is repainted, grey is mixed; of the picture's size
 * @param edges whether the picture's left and right edge are neighbours
 * @param safety what is done about pictures that the model's own checker flags
 */
public record RequestOptions(
    PromptReading reading,
    SamplerTuning tuning,
    Optional<Picture> mask,
    Edges edges,
    Safety safety) {

  /** Nothing special. */
  public static final RequestOptions NONE =
      new RequestOptions(
          PromptReading.PLAIN, SamplerTuning.NONE, Optional.empty(), Edges.OPEN, Safety.UNCHECKED);

  /** How the left and the right edge of a picture meet. */
  public enum Edges {
    /** They do not. */
    OPEN,
    /** Seamlessly: the picture goes round, and its sound is a loop. */
    JOINED
  }

  /** What is done about pictures that the model's checker flags. */
  public enum Safety {
    /** Nothing. */
    UNCHECKED,
    /**
     * What went in is given in its place.
     *
     * @see StandIns
     */
    CHECKED
  }

  public RequestOptions {
    Objects.requireNonNull(reading, "reading");
    Objects.requireNonNull(tuning, "tuning");
    Objects.requireNonNull(mask, "mask");
    Objects.requireNonNull(edges, "edges");
    Objects.requireNonNull(safety, "safety");
  }

  /** The same with prompts read otherwise. */
  public RequestOptions with(PromptReading other) {
    return new RequestOptions(other, tuning, mask, edges, safety);
  }

  /** The same with another sampler's tuning. */
  public RequestOptions with(SamplerTuning other) {
    return new RequestOptions(reading, other, mask, edges, safety);
  }

  /** The same with a mask. */
  public RequestOptions withMask(Picture white) {
    return new RequestOptions(reading, tuning, Optional.of(white), edges, safety);
  }

  /** The same with other edges. */
  public RequestOptions with(Edges other) {
    return new RequestOptions(reading, tuning, mask, other, safety);
  }

  /** The same with or without a checker. */
  public RequestOptions with(Safety other) {
    return new RequestOptions(reading, tuning, mask, edges, other);
  }
}
