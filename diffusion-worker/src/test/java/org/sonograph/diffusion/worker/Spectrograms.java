package org.sonograph.diffusion.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.InMemoryRegistry;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;

/** Spectrograms as they lie on their topic. */
final class Spectrograms {
  static final String TAKE = "ab12";
  static final int HOP = 576;
  static final long STRIDE_SAMPLES = 448L * HOP;

  private final AvroSerde<SpectrogramImage> serde;

  Spectrograms(InMemoryRegistry registry) {
    this.serde = AvroSerde.of(Topics.SPECTROGRAM_IMAGES, registry);
  }

  static SpectrogramImage image(long chunk) {
    return image(chunk, settings("fake"), "tape");
  }

  static DiffusionSettings settings(String model) {
    return DiffusionSettings.newBuilder()
        .setModel(model)
        .setPrompt("ink, rain")
        .setNegativePrompt("letters")
        .setStrength(0.5)
        .setGuidance(7.5)
        .setSteps(20)
        .setSeed(41)
        .build();
  }

  static SpectrogramImage image(long chunk, DiffusionSettings settings, String profile) {
    java.util.LinkedHashMap<String, String> text = new java.util.LinkedHashMap<>();
    text.put("sonograph", "{\"profile\":\"tape\"}");
    return SpectrogramImage.newBuilder()
        .setPlace(
            Place.newBuilder()
                .setTake(TAKE)
                .setChunk(chunk)
                .setStartSample(chunk * STRIDE_SAMPLES)
                .setLengthSamples(512 * HOP)
                .setSampleRateHz(48_000)
                .build())
        .setSource(
            SourceInfo.newBuilder()
                .setId("00")
                .setName("rain.wav")
                .setArtist("A. Nonymous")
                .setLicence("CC0-1.0")
                .build())
        .setInterpretation(
            Interpretation.newBuilder()
                .setProfile(profile)
                .setDiffusion(settings)
                .setReadings(List.of(ReadingSettings.newBuilder().setName("chirp").build()))
                .build())
        .setInversion(
            org.sonograph.schemas.Inversion.newBuilder()
                .setProfile(profile)
                .setHopSamples(HOP)
                .setWidth(16)
                .setHeight(16)
                .build())
        .setPng(ByteBuffer.wrap(PngCodec.encode(Picture.grey(16, 16, new byte[256]), text)))
        .build();
  }

  static SpectrogramImage failed(long chunk) {
    return SpectrogramImage.newBuilder(image(chunk))
        .setPng(ByteBuffer.allocate(0))
        .setFailure(
            Failure.newBuilder()
                .setStage("spectrogram-service")
                .setCode("odd")
                .setReason("why")
                .build())
        .build();
  }

  ConsumerRecord<byte[], byte[]> record(SpectrogramImage image) {
    return record(image, serde.write(Topics.SPECTROGRAM_IMAGES.name(), image), 1);
  }

  /** The offset is the chunk's number. */
  ConsumerRecord<byte[], byte[]> record(SpectrogramImage image, byte[] value, int deliveries) {
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(headers, image.getPlace(), image.getSource(), image.getInterpretation());
    return new ConsumerRecord<>(
        Topics.SPECTROGRAM_IMAGES.name(),
        0,
        image.getPlace().getChunk(),
        0L,
        TimestampType.CREATE_TIME,
        0,
        value.length,
        Keys.chunk(image.getPlace()).getBytes(StandardCharsets.UTF_8),
        value,
        headers,
        Optional.empty(),
        Optional.of((short) deliveries));
  }

  byte[] bytes(SpectrogramImage image) {
    return serde.write(Topics.SPECTROGRAM_IMAGES.name(), image);
  }
}
