package org.sonograph.signal.reading;

import java.util.Objects;
import org.sonograph.signal.sound.Sound;

/**
 * What a reading heard.
 *
 * @param sound the samples
 * @param extent how the sound's length relates to the track's
 */
public record ReadingOutput(Sound sound, Extent extent) {

  /** How long a reading's sound is. */
  public enum Extent {
    /** Lies on the track's timeline: exactly {@link TrackPosition#lengthSamples} at its rate. */
    TRACK,
    /** Has a length of its own, given by the picture and the reading's parameters. */
    OWN
  }

  /** Refuses missing parts. */
  public ReadingOutput {
    Objects.requireNonNull(sound, "sound");
    Objects.requireNonNull(extent, "extent");
  }
}
