package org.sonograph.signal.reading;

import org.sonograph.signal.sound.Sound;

/**
 * The sound a picture was made from, for readings that ask for it.
 *
 * @param sound the chunk with what context there is before and after it
 * @param contextBeforeSamples samples that lie before the chunk
 */
public record SourceSound(Sound sound, int contextBeforeSamples) {

  public SourceSound {
    if (contextBeforeSamples < 0 || contextBeforeSamples > sound.length()) {
      throw new IllegalArgumentException(
          "contextBeforeSamples=%d, expected 0 to %d"
              .formatted(contextBeforeSamples, sound.length()));
    }
  }
}
