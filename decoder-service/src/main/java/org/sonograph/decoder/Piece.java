package org.sonograph.decoder;

import java.util.Optional;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.DecodedChunk;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.reading.TapeMix;
import org.sonograph.signal.seam.Crossfade;
import org.sonograph.signal.seam.Seam;
import org.sonograph.signal.seam.SeamArt;
import org.sonograph.signal.seam.SeamJoin;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.TapeSpectrogram;

/**
 * A decoded chunk as its seams see it.
 *
 * @param reading name of the reading
 * @param sound all of its sound, overlaps included
 * @param overlapSamples samples it shares with each neighbour
 * @param reachSamples how far the windows of its joins reach, samples
 * @param headPng the art's first overlapping columns, what inverts them in its text; empty = not
 *     known
 * @param tailPng the art's last overlapping columns
 */
record Piece(
    String reading,
    Sound sound,
    int overlapSamples,
    int reachSamples,
    byte[] headPng,
    byte[] tailPng) {

  static Piece of(DecodedChunk chunk) {
    return new Piece(
        chunk.getReading(),
        PcmWire.fromAvro(
            chunk.getPcm(), PcmWire.F32LE, chunk.getChannels(), chunk.getSampleRateHz()),
        Math.toIntExact(chunk.getOverlapSamples()),
        chunk.getInversion().getNFft(),
        PcmWire.bytes(chunk.getHeadPng()),
        PcmWire.bytes(chunk.getTailPng()));
  }

  /** Samples that this piece alone adds when another follows. */
  int stepSamples() {
    return Math.max(0, sound.length() - overlapSamples);
  }

  /**
   * The overlap with the piece before.
   *
   * @param previous end of the piece before: some context, then the overlap
   * @param previousTailPng its {@link #tailPng}
   */
  Sound join(Sound previous, byte[] previousTailPng) {
    int context = Math.min(sound.length() - overlapSamples, reachSamples);
    Seam seam = new Seam(previous, sound.slice(0, overlapSamples + context), overlapSamples);
    return art(previousTailPng)
        .map(art -> SeamJoin.join(seam, art, SeamJoin.ITERATIONS))
        .orElseGet(() -> Crossfade.join(seam));
  }

  private Optional<SeamArt> art(byte[] previousTailPng) {
    if (headPng.length == 0 || previousTailPng.length == 0) {
      return Optional.empty();
    }
    PngImage tail = PngCodec.decode(previousTailPng, PngLimits.DEFAULT);
    PngImage head = PngCodec.decode(headPng, PngLimits.DEFAULT);
    return TapeMix.of(reading, inversion(head).colour())
        .map(
            mixes ->
                new SeamArt(
                    tail.picture(), head.picture(), inversion(tail), inversion(head), mixes));
  }

  private static Inversion inversion(PngImage strip) {
    return Inversion.fromText(strip.text()).orElseThrow();
  }

  /**
   * Columns of a picture as they travel to the seam; empty where the reading's seams do not look at
   * the picture.
   *
   * @param from first column, in the inversion's width
   */
  static byte[] strip(String reading, Picture art, Inversion inversion, int from, int columns) {
    if (columns == 0 || TapeMix.of(reading, inversion.colour()).isEmpty()) {
      return new byte[0];
    }
    Picture strip = TapeSpectrogram.fit(art, inversion).columns(from, columns);
    return PngCodec.encode(strip, inversion.toText());
  }
}
