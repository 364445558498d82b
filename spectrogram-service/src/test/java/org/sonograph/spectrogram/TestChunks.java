package org.sonograph.spectrogram;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sonograph.runtime.wire.LevelWire;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.signal.loudness.LevelHistogram;
import org.sonograph.signal.loudness.SourceLevel;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.ChunkGrid;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** Sounds made in code, and the chunks that ingest makes of them. */
final class TestChunks {
  static final String TAKE = "0123456789abcdef0123";

  private TestChunks() {}

  /** A swept tone with some seeded noise, so that no two chunks are alike. */
  static Sound sweep(int rate, int channels, int samples) {
    Random random = new Random(7);
    float[][] out = new float[channels][samples];
    double phase = 0;
    for (int i = 0; i < samples; i++) {
      phase += 2 * Math.PI * (100 + 3000.0 * i / samples) / rate;
      for (int c = 0; c < channels; c++) {
        out[c][i] = (float) (0.4 * Math.sin(phase + c) + 0.01 * random.nextGaussian());
      }
    }
    return new Sound(rate, out);
  }

  static List<AudioChunk> tape(Sound sound) {
    ChunkGrid grid = SpectrogramProfile.TAPE.grid();
    LevelHistogram histogram = new LevelHistogram(sound.sampleRateHz(), sound.channelCount());
    histogram.push(sound.channels());
    histogram.finish();
    List<AudioChunk> chunks = new ArrayList<>();
    long total = grid.chunks(sound.length());
    for (long k = 0; k < total; k++) {
      int start = (int) grid.startSample(k);
      int length = (int) grid.lengthSamples(k, sound.length());
      Piece piece = new Piece(start, length, SpectrogramProfile.TAPE.contextSamples());
      chunks.add(
          AudioChunk.newBuilder(piece.cut(sound, "tape"))
              .setPlace(place(k, start, length, k == total - 1 ? total : 0, sound.sampleRateHz()))
              .setLevel(LevelWire.toAvro(SourceLevel.steady(-20), histogram.bands()))
              .build());
    }
    return chunks;
  }

  static List<AudioChunk> notebook(Sound sound, int chunkSamples) {
    List<AudioChunk> chunks = new ArrayList<>();
    int total = Math.ceilDiv(sound.length(), chunkSamples);
    for (int k = 0; k < total; k++) {
      int start = k * chunkSamples;
      int length = Math.min(chunkSamples, sound.length() - start);
      chunks.add(
          AudioChunk.newBuilder(new Piece(start, length, 256).cut(sound, "notebook"))
              .setPlace(place(k, start, length, k == total - 1 ? total : 0, sound.sampleRateHz()))
              .build());
    }
    return chunks;
  }

  private static Place place(long chunk, long start, long length, long total, int rate) {
    return Place.newBuilder()
        .setTake(TAKE)
        .setChunk(chunk)
        .setStartSample(start)
        .setLengthSamples(length)
        .setSampleRateHz(rate)
        .setTotalChunks(total)
        .setFormat("wav")
        .build();
  }

  private record Piece(int start, int length, int context) {

    AudioChunk cut(Sound sound, String profile) {
      int before = Math.min(context, start);
      int after = Math.min(context, sound.length() - start - length);
      return AudioChunk.newBuilder()
          .setSource(SourceInfo.newBuilder().setId("source").setName("sweep.wav").build())
          .setInterpretation(
              Interpretation.newBuilder()
                  .setProfile(profile)
                  .setReadings(
                      List.of(
                          ReadingSettings.newBuilder().setName("rgb-mean").build(),
                          ReadingSettings.newBuilder().setName("chirp").build()))
                  .build())
          .setChannels(sound.channelCount())
          .setContextBeforeSamples(before)
          .setContextAfterSamples(after)
          .setSampleFormat(PcmWire.F32LE)
          .setPcm(PcmWire.toAvro(sound.slice(start - before, before + length + after)))
          .build();
    }
  }
}
