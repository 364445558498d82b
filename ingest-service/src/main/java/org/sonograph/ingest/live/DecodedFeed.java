package org.sonograph.ingest.live;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.sonograph.runtime.ffmpeg.DecodedSound;

/**
 * What FFmpeg decodes of a source, piece by piece.
 *
 * @param body what the bytes come from, closed with it
 */
record DecodedFeed(DecodedSound sound, AutoCloseable body) implements LiveFeed {
  private static final int PIECE_FRAMES = 2048;

  /** Of a file, which needs no closing. */
  static DecodedFeed of(DecodedSound sound) {
    return new DecodedFeed(sound, () -> {});
  }

  @Override
  public int sampleRateHz() {
    return sound.sampleRateHz();
  }

  @Override
  public int channels() {
    return sound.channels();
  }

  @Override
  public Optional<float[]> read() throws IOException {
    float[] piece = new float[PIECE_FRAMES * channels()];
    int frames = sound.read(piece);
    if (frames >= 0) {
      return Optional.of(Arrays.copyOf(piece, frames * channels()));
    }
    Optional<IOException> lost = sound.lost();
    if (lost.isPresent()) {
      throw new IOException("was lost: " + lost.get().getMessage(), lost.get());
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (Exception e) {
      // it was gone already
    }
    sound.close();
  }
}
