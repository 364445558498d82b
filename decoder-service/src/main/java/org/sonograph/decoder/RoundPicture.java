package org.sonograph.decoder;

import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.reading.ReadingRequest;
import org.sonograph.signal.reading.TrackPosition;
import org.sonograph.signal.seam.Crossfade;
import org.sonograph.signal.seam.Seam;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.TapeSpectrogram;

/**
 * A picture whose right edge goes on at its left, read so that its sound does too: some columns
 * more than the sound has are read, and what they sound like is crossfaded into the beginning.
 *
 * @param request the reading of all columns that are needed, laid in a row
 * @param lengthSamples length of the sound that goes round
 */
record RoundPicture(ReadingRequest request, int lengthSamples) {
  /** Most columns that are crossfaded, and the most of the sound that they may be. */
  private static final int MOST_COLUMNS = 64;

  private static final int MOST_SHARE = 2;

  /** The picture of a request that stands alone on the track's timeline. */
  static RoundPicture of(ReadingRequest alone) {
    Inversion inversion = alone.inversion();
    int hop = inversion.hopSamples();
    int length = Math.toIntExact(alone.position().lengthSamples());
    int columns = Math.ceilDiv(length, hop);
    int more = Math.clamp(length / hop / MOST_SHARE, 1, MOST_COLUMNS);
    Picture round = round(TapeSpectrogram.fit(alone.art(), inversion), columns + more);
    TrackPosition position = alone.position();
    return new RoundPicture(
        new ReadingRequest(
            round,
            wider(inversion, round.width()),
            new TrackPosition(
                position.take(), 0, length + (long) more * hop, position.sampleRateHz()),
            alone.parameters(),
            alone.source()),
        length);
  }

  /** The sound of {@link #request}, closed: after its last sample comes its first. */
  Sound close(Sound longer) {
    int overlap = longer.length() - lengthSamples;
    Seam seam = new Seam(longer.slice(lengthSamples, overlap), longer.slice(0, overlap), overlap);
    return Crossfade.join(seam).then(longer.slice(overlap, lengthSamples - overlap));
  }

  private static Picture round(Picture picture, int width) {
    int channels = picture.channels();
    byte[] out = new byte[width * picture.height() * channels];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < width; x++) {
        int from = (y * picture.width() + x % picture.width()) * channels;
        System.arraycopy(picture.samples(), from, out, (y * width + x) * channels, channels);
      }
    }
    return new Picture(width, picture.height(), channels, out);
  }

  private static Inversion wider(Inversion i, int width) {
    return new Inversion(
        i.profile(),
        i.sampleRateHz(),
        i.nFft(),
        i.hopSamples(),
        i.window(),
        i.axis(),
        i.lowHz(),
        i.highHz(),
        i.tiltDbPerOctave(),
        i.blackDb(),
        i.whiteDb(),
        width,
        i.height(),
        i.frames() + width - i.width(),
        i.bins(),
        i.colour());
  }
}
