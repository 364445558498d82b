package org.sonograph.spectrogram;

import org.sonograph.runtime.wire.LevelWire;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.runtime.wire.PictureWire;
import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.TapeSpectrogram;
import org.sonograph.signal.spectrogram.WhiteLevel;

/**
 * Pictures of single chunks in the profile {@code tape}, for the service and without a broker; what
 * was drawn stays as it is. Pure; for any number of threads.
 */
public final class TapePictures {

  /** White of what was drawn: its loudness is set by its level, not by this. */
  private static final double DRAWN_WHITE_DB = -20;

  private TapePictures() {}

  /**
   * The message that the service sends for a chunk; the PNG is in it.
   *
   * @throws IllegalArgumentException if the chunk cannot be drawn; the message says why
   */
  public static SpectrogramImage draw(AudioChunk chunk) {
    Place place = chunk.getPlace();
    SpectrogramProfile profile = ProfileWire.fromAvro(chunk.getInterpretation());
    if (place.getSampleRateHz() != profile.sampleRateHz()) {
      throw new IllegalArgumentException(
          "sampleRateHz=%d, expected %d (take=%s chunk=%d)"
              .formatted(
                  place.getSampleRateHz(),
                  profile.sampleRateHz(),
                  place.getTake(),
                  place.getChunk()));
    }
    if (PictureWire.isDrawn(chunk)) {
      return SpectrogramImages.image(
          chunk, PictureWire.picture(chunk), profile.inversion(DRAWN_WHITE_DB));
    }
    Sound sound =
        PcmWire.fromAvro(
            chunk.getPcm(), chunk.getSampleFormat(), chunk.getChannels(), place.getSampleRateHz());
    requireWhole(chunk, sound);
    double whiteDb = WhiteLevel.whiteDb(LevelWire.histogram(chunk.getLevel()), profile);
    Inversion inversion = profile.inversion(whiteDb);
    return SpectrogramImages.image(
        chunk,
        TapeSpectrogram.picture(
            sound, chunk.getContextBeforeSamples(), place.getLengthSamples(), inversion),
        inversion);
  }

  private static void requireWhole(AudioChunk chunk, Sound sound) {
    Place place = chunk.getPlace();
    long expected =
        chunk.getContextBeforeSamples() + place.getLengthSamples() + chunk.getContextAfterSamples();
    if (sound.length() != expected) {
      throw new IllegalArgumentException(
          "pcm of %d samples, expected %d: %d of the chunk and its context of %d and %d (take=%s chunk=%d)"
              .formatted(
                  sound.length(),
                  expected,
                  place.getLengthSamples(),
                  chunk.getContextBeforeSamples(),
                  chunk.getContextAfterSamples(),
                  place.getTake(),
                  place.getChunk()));
    }
  }
}
