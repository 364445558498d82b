package org.sonograph.signal.seam;

import java.util.List;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.spectrogram.ChannelMix;
import org.sonograph.signal.spectrogram.Inversion;

/**
 * What the two pictures of a seam say about the overlap.
 *
 * @param previousTail the earlier picture's last overlapping columns, in the inversion's height
 * @param nextHead the later picture's first ones, as many
 * @param previousInversion what inverts the earlier picture
 * @param nextInversion what inverts the later one: another white, perhaps, but the same frames
 * @param mixes how the picture's channels make each channel of the sound
 */
public record SeamArt(
    Picture previousTail,
    Picture nextHead,
    Inversion previousInversion,
    Inversion nextInversion,
    List<ChannelMix> mixes) {

  public SeamArt {
    mixes = List.copyOf(mixes);
    if (previousTail.width() != nextHead.width()) {
      throw new IllegalArgumentException(
          "strips of %d and %d columns, expected as many"
              .formatted(previousTail.width(), nextHead.width()));
    }
    if (previousInversion.nFft() != nextInversion.nFft()
        || previousInversion.hopSamples() != nextInversion.hopSamples()) {
      throw new IllegalArgumentException("pictures of different frames have no common seam");
    }
  }

  /** Both pictures made with the same settings. */
  public SeamArt(
      Picture previousTail, Picture nextHead, Inversion inversion, List<ChannelMix> mixes) {
    this(previousTail, nextHead, inversion, inversion, mixes);
  }
}
