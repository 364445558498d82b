package org.sonograph.decoder;

import java.util.Optional;
import org.sonograph.signal.sound.Sound;

/**
 * A stretch of a reading's sound that is ready to be sent.
 *
 * @param startSample where it begins in the reading's whole sound
 * @param samples how long it is
 * @param sound its samples; empty = silence
 */
record Stretch(long startSample, long samples, Optional<Sound> sound) {

  Stretch {
    if (sound.isPresent() && sound.get().length() != samples) {
      throw new IllegalArgumentException(
          "sound of %d samples, expected %d".formatted(sound.get().length(), samples));
    }
  }

  /** This stretch and the one that follows it, as one. */
  Stretch then(Stretch next) {
    if (next.samples == 0) {
      return this;
    }
    if (samples == 0) {
      return next;
    }
    if (sound.isEmpty() && next.sound.isEmpty()) {
      return new Stretch(startSample, samples + next.samples, Optional.empty());
    }
    Sound known = sound.or(next::sound).orElseThrow();
    Sound first = sound.orElseGet(() -> silenceLike(known, samples));
    Sound second = next.sound.orElseGet(() -> silenceLike(known, next.samples));
    return new Stretch(startSample, samples + next.samples, Optional.of(first.then(second)));
  }

  private static Sound silenceLike(Sound known, long samples) {
    return Sound.silence(known.sampleRateHz(), known.channelCount(), Math.toIntExact(samples));
  }
}
