package org.sonograph.ingest.cut;

import java.io.IOException;
import java.util.Optional;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.runtime.ffmpeg.Decoding;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.signal.sound.Resampler;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** A source's sound at its take's rate and channels, piece by piece, while FFmpeg decodes ahead. */
public final class TrackDecoder implements AutoCloseable {
  private static final int PIECE_FRAMES = 8192;

  private final Decoding decoding;
  private final TrackLayout layout;
  private final ChannelMix mix;
  private final Resampler resampler;
  private final float[] interleaved;
  private boolean finished;

  private TrackDecoder(Decoding decoding, SpectrogramProfile profile) {
    this.decoding = decoding;
    this.layout = TrackLayout.of(profile, decoding.sampleRateHz(), decoding.channels());
    this.mix = new ChannelMix(decoding.channels(), layout.channels());
    this.resampler =
        new Resampler(decoding.sampleRateHz(), layout.sampleRateHz(), layout.channels());
    this.interleaved = new float[PIECE_FRAMES * decoding.channels()];
  }

  /** Starts decoding. */
  public static TrackDecoder open(
      FFmpeg ffmpeg, IdentifiedSource source, SpectrogramProfile profile) throws IOException {
    Decoding decoding = ffmpeg.decode(source.source().file(), source.probe());
    try {
      return new TrackDecoder(decoding, profile);
    } catch (RuntimeException e) {
      decoding.close();
      throw e;
    }
  }

  public TrackLayout layout() {
    return layout;
  }

  public int sourceRateHz() {
    return decoding.sampleRateHz();
  }

  public int sourceChannels() {
    return decoding.channels();
  }

  /** Seconds decoded so far. */
  public double seconds() {
    return (double) decoding.frames() / decoding.sampleRateHz();
  }

  /** The next samples (it can be none at the moment), or empty at the end. */
  public Optional<float[][]> next() throws IOException {
    if (finished) {
      return Optional.empty();
    }
    int frames = decoding.read(interleaved);
    if (frames < 0) {
      finished = true;
      return Optional.of(resampler.finish());
    }
    return Optional.of(resampler.push(mix.take(interleaved, frames)));
  }

  /** After the end: why the sound broke off, or empty. */
  public Optional<String> brokenOff() throws IOException {
    return decoding.brokenOff();
  }

  @Override
  public void close() {
    decoding.close();
  }
}
