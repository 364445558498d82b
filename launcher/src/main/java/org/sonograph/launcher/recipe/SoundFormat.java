package org.sonograph.launcher.recipe;

import java.util.Locale;

/** Kinds of sound file that can be asked for. */
public enum SoundFormat {
  /** 16-bit RIFF. */
  WAV,
  /** RIFF with 32-bit floats. */
  WAV_F32,
  /** Free Lossless Audio Codec. */
  FLAC,
  /** MPEG layer 3. */
  MP3,
  /** Opus in Ogg. */
  OGG,
  /** The same under its own name. */
  OPUS,
  /** FLAC, pictures as JPEG, no spectrograms. */
  LEAN;

  /** Whether it is a RIFF file, which can carry loop points. */
  public boolean isWav() {
    return this == WAV || this == WAV_F32;
  }

  /** What the user types, and what messages carry. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
