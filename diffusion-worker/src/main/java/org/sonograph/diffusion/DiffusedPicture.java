package org.sonograph.diffusion;

import java.util.Objects;
import org.sonograph.signal.picture.Picture;

/**
 * A repainted picture and what its recipe needs to say about it.
 *
 * @param picture RGB from a model, or whatever went in where nothing was painted
 * @param scheduler the sampler used, by its name in {@code --scheduler}; "" where none was
 * @param inputWidth width in pixels of what went in, before rounding down to the model's sizes
 * @param inputHeight height in pixels of what went in
 * @param stepsRun denoising steps taken
 * @param promptCut whether the prompt or the negative prompt was longer than the encoder reads
 * @param seconds time spent, without waiting for other pictures
 * @param isFlagged whether the model's checker flagged what was painted, and {@code picture} is
 *     another one in its place
 */
public record DiffusedPicture(
    Picture picture,
    String scheduler,
    int inputWidth,
    int inputHeight,
    int stepsRun,
    boolean promptCut,
    double seconds,
    boolean isFlagged) {

  public DiffusedPicture {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(scheduler, "scheduler");
  }

  /** A picture that no checker flagged. */
  public DiffusedPicture(
      Picture picture,
      String scheduler,
      int inputWidth,
      int inputHeight,
      int stepsRun,
      boolean promptCut,
      double seconds) {
    this(picture, scheduler, inputWidth, inputHeight, stepsRun, promptCut, seconds, false);
  }

  /** The same picture in place of one that was flagged. */
  public DiffusedPicture inPlaceOf(DiffusedPicture flagged) {
    return new DiffusedPicture(
        picture,
        flagged.scheduler,
        flagged.inputWidth,
        flagged.inputHeight,
        flagged.stepsRun,
        flagged.promptCut,
        flagged.seconds,
        true);
  }

  /** Whether the picture had to shrink to a size that the model takes. */
  public boolean resized() {
    return picture.width() != inputWidth || picture.height() != inputHeight;
  }
}
