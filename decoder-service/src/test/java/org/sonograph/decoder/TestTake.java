package org.sonograph.decoder;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sonograph.runtime.wire.InversionWire;
import org.sonograph.runtime.wire.LevelWire;
import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.signal.loudness.SourceLevel;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.ChunkGrid;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.TapeSpectrogram;

/**
 * A take's pictures as they come from diffusion.
 *
 * @param take id of the take
 * @param profile how its pictures are made
 * @param samples length of its sound
 * @param readings what is asked for, with parameters
 */
record TestTake(
    String take,
    SpectrogramProfile profile,
    int samples,
    Map<String, Map<String, String>> readings) {

  /** Like tape, but small: a chunk is half a second and decodes in milliseconds. */
  static final SpectrogramProfile SMALL =
      new SpectrogramProfile(
          "tape", 8_000, 256, 64, "hann", "log", 100, 3_200, 4.5, 70, 64, 32, 16);

  static TestTake small(String take, int samples, String... readings) {
    Map<String, Map<String, String>> asked = new LinkedHashMap<>();
    for (String reading : readings) {
      asked.put(reading, Map.of("iterations", "2"));
    }
    return new TestTake(take, SMALL, samples, asked);
  }

  static TestTake tape(String take, int samples, String reading) {
    return new TestTake(take, SpectrogramProfile.TAPE, samples, Map.of(reading, Map.of()));
  }

  ChunkGrid grid() {
    return profile.grid();
  }

  int chunks() {
    return (int) grid().chunks(samples);
  }

  /** A picture of each chunk that differs from its neighbours: slanted stripes in three colours. */
  List<DiffusedImage> stripes() {
    List<DiffusedImage> images = new ArrayList<>();
    for (int k = 0; k < chunks(); k++) {
      images.add(image(k, stripes(profile.width(), profile.height(), k)));
    }
    return images;
  }

  /** The source's own pictures, as passthrough hands them on. */
  List<DiffusedImage> passthrough(float[] sound, double whiteDb) {
    Inversion inversion = profile.inversion(whiteDb);
    int context = profile.contextSamples();
    List<DiffusedImage> images = new ArrayList<>();
    for (int k = 0; k < chunks(); k++) {
      int start = (int) grid().startSample(k);
      int length = (int) grid().lengthSamples(k, samples);
      int before = Math.min(context, start);
      int after = Math.min(context, samples - start - length);
      Sound piece =
          Sound.mono(profile.sampleRateHz(), sound).slice(start - before, before + length + after);
      Picture picture = TapeSpectrogram.picture(piece, before, length, inversion);
      images.add(
          DiffusedImage.newBuilder(image(k, picture))
              .setInversion(InversionWire.toAvro(inversion))
              .build());
    }
    return images;
  }

  DiffusedImage image(int chunk, Picture picture) {
    Inversion inversion = profile.inversion(-20);
    return DiffusedImage.newBuilder()
        .setPlace(place(chunk))
        .setSource(source())
        .setInterpretation(interpretation())
        .setLevel(LevelWire.toAvro(SourceLevel.steady(-20), List.of()))
        .setInversion(InversionWire.toAvro(inversion))
        .setPng(ByteBuffer.wrap(PngCodec.encode(picture, inversion.toText())))
        .build();
  }

  SourceInfo source() {
    return SourceInfo.newBuilder()
        .setId("source-" + take)
        .setName("a.wav")
        .setSamples(samples)
        .build();
  }

  Interpretation interpretation() {
    List<ReadingSettings> asked = new ArrayList<>();
    readings.forEach(
        (name, parameters) ->
            asked.add(
                ReadingSettings.newBuilder().setName(name).setParameters(parameters).build()));
    return Interpretation.newBuilder()
        .setProfile(profile.name())
        .setSpectrogram(ProfileWire.toAvro(profile))
        .setReadings(asked)
        .build();
  }

  Place place(int chunk) {
    return Place.newBuilder()
        .setTake(take)
        .setChunk(chunk)
        .setStartSample(grid().startSample(chunk))
        .setLengthSamples(grid().lengthSamples(chunk, samples))
        .setSampleRateHz(profile.sampleRateHz())
        .setTotalChunks(chunk == chunks() - 1 ? chunks() : 0)
        .setFormat("wav")
        .build();
  }

  static Picture stripes(int width, int height, int phase) {
    byte[] samples = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          double v = Math.sin(0.37 * (x + phase * 11) + 0.9 * y + c) * 0.5 + 0.5;
          samples[(y * width + x) * 3 + c] = (byte) (40 + 215 * v);
        }
      }
    }
    return Picture.rgb(width, height, samples);
  }

  static Picture even(int width, int height, int level) {
    byte[] samples = new byte[width * height * 3];
    java.util.Arrays.fill(samples, (byte) level);
    return Picture.rgb(width, height, samples);
  }
}
