package org.sonograph.decoder;

import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * Where the sound of a chunk lies and how it is shaped, as far as that is known without hearing it:
 * what a silence needs.
 *
 * @param sampleRateHz rate of the sound and of all counts here
 * @param channels channels of the sound
 * @param startSample first sample
 * @param samples length, overlaps included
 * @param overlapSamples samples shared with each neighbour
 */
record PieceGeometry(
    int sampleRateHz, int channels, long startSample, long samples, long overlapSamples) {

  private static final int NOTEBOOK_RATE_HZ = 24_000;

  static PieceGeometry of(Place place, Interpretation interpretation) {
    int rate = Math.max(1, place.getSampleRateHz());
    if (interpretation.getProfile().equals(SpectrogramProfile.NOTEBOOK.name())) {
      long samples = Math.round((double) place.getLengthSamples() * NOTEBOOK_RATE_HZ / rate);
      return new PieceGeometry(NOTEBOOK_RATE_HZ, 1, 0, samples, 0);
    }
    return new PieceGeometry(
        rate, 2, place.getStartSample(), place.getLengthSamples(), overlap(interpretation));
  }

  private static long overlap(Interpretation interpretation) {
    try {
      return ProfileWire.fromAvro(interpretation).grid().overlapSamples();
    } catch (IllegalArgumentException e) {
      // an interpretation that means nothing has failed already; its silence needs a length all the
      // same
      return SpectrogramProfile.TAPE.grid().overlapSamples();
    }
  }
}
