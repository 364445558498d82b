package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/**
 * The sound of one chunk as FLAC of 24 bits, and back: what travels beside a picture where a
 * reading asks for it. Samples beyond full scale are clipped. FFmpeg is looked for at the first
 * use.
 */
public final class ChunkFlac {
  private static final int PIECE_FRAMES = 8192;

  private final FFmpegSettings settings;
  private FFmpeg ffmpeg;

  public ChunkFlac(FFmpegSettings settings) {
    this.settings = settings;
  }

  private synchronized FFmpeg ffmpeg() {
    if (ffmpeg == null) {
      ffmpeg = FFmpeg.open(settings);
    }
    return ffmpeg;
  }

  /** The sound as a FLAC file. */
  public byte[] encode(Sound sound) throws IOException {
    Path wav = Files.createTempFile("sonograph-chunk", ".wav");
    Path flac = wav.resolveSibling(wav.getFileName() + ".flac");
    try {
      Files.write(wav, WavCodec.encode(sound, SampleFormat.F32, new LinkedHashMap<>()));
      ffmpeg().encode(wav, flac, EncodedFormat.FLAC, new LinkedHashMap<>());
      return Files.readAllBytes(flac);
    } finally {
      Files.deleteIfExists(wav);
      Files.deleteIfExists(flac);
    }
  }

  /** Inverse of {@link #encode}. */
  public Sound decode(byte[] flac) throws IOException {
    Path file = Files.createTempFile("sonograph-chunk", ".flac");
    try {
      Files.write(file, flac);
      return ffmpeg().sound(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** All of a decoding. */
  static Sound all(Decoding decoding) throws IOException {
    int channels = decoding.channels();
    float[][] out = new float[channels][PIECE_FRAMES];
    float[] piece = new float[PIECE_FRAMES * channels];
    int filled = 0;
    for (int n = decoding.read(piece); n >= 0; n = decoding.read(piece)) {
      for (int c = 0; c < channels; c++) {
        if (filled + n > out[c].length) {
          out[c] = Arrays.copyOf(out[c], Math.max(2 * out[c].length, filled + n));
        }
        for (int i = 0; i < n; i++) {
          out[c][filled + i] = piece[i * channels + c];
        }
      }
      filled += n;
    }
    for (int c = 0; c < channels; c++) {
      out[c] = Arrays.copyOf(out[c], filled);
    }
    return new Sound(decoding.sampleRateHz(), out);
  }
}
