package org.sonograph.gallery;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Generation;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Inversion;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.SpectrogramSettings;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;

/** The records of one small take: chunks of 64 columns of 10 samples every 48 columns. */
record Records(String take, String name, String format, int chunks) {
  static final int RATE_HZ = 1000;
  static final int HOP = 10;
  static final int WIDTH = 64;
  static final int STRIDE = 48;
  static final int TAIL_SAMPLES = 405;
  static final List<String> READINGS = List.of("rgb-mean", "chirp");

  static Records of(String take, String name, int chunks) {
    return new Records(take, name, "wav", chunks);
  }

  /** Length of the whole track: the last chunk is shorter than the others. */
  long samples() {
    return (long) (chunks - 1) * STRIDE * HOP + TAIL_SAMPLES;
  }

  Place place(long chunk) {
    boolean isLast = chunk == chunks - 1;
    long start = chunk * STRIDE * HOP;
    return Place.newBuilder()
        .setTake(take)
        .setChunk(chunk)
        .setStartSample(start)
        .setLengthSamples(Math.min((long) WIDTH * HOP, samples() - start))
        .setSampleRateHz(RATE_HZ)
        .setTotalChunks(isLast ? chunks : 0)
        .setFormat(format)
        .build();
  }

  SourceInfo source() {
    return SourceInfo.newBuilder()
        .setId("00ff")
        .setName(name)
        .setPath("music/" + name)
        .setTitle("Rain on tin")
        .setArtist("A. Nonymous")
        .setLicence("CC0-1.0")
        .setSampleRateHz(44_100)
        .setChannels(1)
        .setSamples(samples())
        .build();
  }

  Interpretation interpretation() {
    return Interpretation.newBuilder()
        .setProfile("tape")
        .setSpectrogram(SpectrogramSettings.newBuilder().setHopSamples(HOP).setWidth(WIDTH).build())
        .setDiffusion(
            DiffusionSettings.newBuilder().setModel("sketch-1").setPrompt("ink").setSeed(7).build())
        .setReadings(
            READINGS.stream().map(r -> ReadingSettings.newBuilder().setName(r).build()).toList())
        .build();
  }

  SpectrogramImage spectrogram(long chunk) {
    return SpectrogramImage.newBuilder()
        .setPlace(place(chunk))
        .setSource(source())
        .setInterpretation(interpretation())
        .setPng(png(chunk, 1))
        .build();
  }

  DiffusedImage art(long chunk) {
    return DiffusedImage.newBuilder()
        .setPlace(place(chunk))
        .setSource(source())
        .setInterpretation(interpretation())
        .setInversion(
            Inversion.newBuilder()
                .setProfile("tape")
                .setHopSamples(HOP)
                .setWidth(WIDTH)
                .setHeight(8)
                .build())
        .setGeneration(
            Generation.newBuilder()
                .setModelId("sketch-1")
                .setSeed(7 + chunk)
                .setSeconds(chunk)
                .build())
        .setPng(png(chunk, 3))
        .build();
  }

  /**
   * A ramp in time: sample i of the track has the value i / samples, negative in the reading {@code
   * chirp}.
   */
  AudioOutput sound(long chunk, String reading) {
    long start = chunk * STRIDE * HOP;
    long end = chunk == chunks - 1 ? samples() : start + STRIDE * HOP;
    ByteBuffer pcm =
        ByteBuffer.allocate((int) (end - start) * 2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long i = start; i < end; i++) {
      float value = (float) i / samples() * (reading.equals("chirp") ? -1 : 1);
      pcm.putFloat(value).putFloat(value / 2);
    }
    return AudioOutput.newBuilder()
        .setPlace(place(chunk))
        .setSource(source())
        .setInterpretation(interpretation())
        .setReading(reading)
        .setSampleRateHz(RATE_HZ)
        .setChannels(2)
        .setStartSample(start)
        .setSamples(end - start)
        .setSampleFormat("f32le")
        .setPcm(pcm.flip())
        .setLast(chunk == chunks - 1)
        .build();
  }

  AudioOutput silence(long chunk, String reading, String code) {
    return AudioOutput.newBuilder(sound(chunk, reading))
        .setPcm(ByteBuffer.allocate(0))
        .setFailure(
            Failure.newBuilder()
                .setStage("diffusion-worker")
                .setCode(code)
                .setReason("it would not be painted")
                .build())
        .build();
  }

  /** A record of this take under the name of a take that repairs it. */
  AudioOutput repaired(AudioOutput record) {
    return AudioOutput.newBuilder(record)
        .setPlace(Place.newBuilder(record.getPlace()).setTake(take + "~1").build())
        .build();
  }

  /** Every record of the take: pictures chunk by chunk, then the readings side by side. */
  Stream<Object> all() {
    Stream.Builder<Object> records = Stream.builder();
    for (long chunk = 0; chunk < chunks; chunk++) {
      records.add(spectrogram(chunk));
      records.add(art(chunk));
      for (String reading : READINGS) {
        records.add(sound(chunk, reading));
      }
    }
    return records.build();
  }

  private static ByteBuffer png(long chunk, int channels) {
    byte[] samples = new byte[WIDTH * 8 * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (40 * chunk + (i * 37 + i / 7) % 60);
    }
    return ByteBuffer.wrap(
        PngCodec.encode(new Picture(WIDTH, 8, channels, samples), new LinkedHashMap<>()));
  }
}
