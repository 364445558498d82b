package org.sonograph.spectrogram;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.sonograph.runtime.ReadValues;
import org.sonograph.runtime.RecordReader;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.Undiffused;

/**
 * {@code audio.chunks} to {@code spectrogram.images}: {@code tape} chunk by chunk, {@code notebook}
 * through a store until the last chunk is there, and dead letters aside. What is not to be painted
 * goes to {@code diffused.images} at once.
 */
final class SpectrogramTopology {

  private static final String PROFILE = "profile-";
  private static final String DEAD_LETTERS = "dead-letters";
  private static final String PICTURES = "pictures-";
  private static final String TO_PAINT = "to-paint";
  private static final String AS_IS = "as-is";

  private SpectrogramTopology() {}

  static Topology build(NotebookLimits limits, RegistryClient registry, MeterRegistry meters) {
    SpectrogramMeters counted = new SpectrogramMeters(meters);
    SourceSounds sources = new SourceSounds(new ChunkFlac(FFmpegSettings.defaults()));
    RecordReader<AudioChunk> reader =
        new RecordReader<>(Topics.AUDIO_CHUNKS, registry, SpectrogramImages.STAGE);
    StreamsBuilder builder = new StreamsBuilder();
    KStream<?, ?> read =
        builder.stream(
                Topics.AUDIO_CHUNKS.name(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("audio-chunks"))
            .process(
                ReadValues.of(reader, new ReadValues.Children(PROFILE, DEAD_LETTERS), meters),
                Named.as("read"));
    letters(read)
        .to(
            Topics.deadLetter(Topics.AUDIO_CHUNKS.name()),
            Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(DEAD_LETTERS));
    Map<String, KStream<String, AudioChunk>> byProfile =
        chunks(read)
            .split(Named.as(PROFILE))
            .branch(SpectrogramTopology::isNotebook, Branched.as("notebook"))
            .defaultBranch(Branched.as("tape"));
    KStream<String, SpectrogramImage> tape =
        byProfile
            .get(PROFILE + "tape")
            .process(() -> new TapeProcessor(counted, sources), Named.as("draw-tape"));
    KStream<String, SpectrogramImage> notebook =
        byProfile
            .get(PROFILE + "notebook")
            .process(
                new NotebookProcessor.Supplier(limits, counted, registry),
                Named.as("draw-notebook"));
    Map<String, KStream<String, SpectrogramImage>> pictures =
        tape.merge(notebook, Named.as("pictures"))
            .split(Named.as(PICTURES))
            .branch((key, image) -> Undiffused.is(image.getInterpretation()), Branched.as(AS_IS))
            .defaultBranch(Branched.as(TO_PAINT));
    pictures
        .get(PICTURES + TO_PAINT)
        .to(
            Topics.SPECTROGRAM_IMAGES.name(),
            Produced.with(Serdes.String(), AvroSerde.of(Topics.SPECTROGRAM_IMAGES, registry))
                .withName("spectrogram-images"));
    pictures
        .get(PICTURES + AS_IS)
        .mapValues(Undiffused::image, Named.as("undiffused"))
        .to(
            Topics.DIFFUSED_IMAGES.name(),
            Produced.with(Serdes.String(), AvroSerde.of(Topics.DIFFUSED_IMAGES, registry))
                .withName("diffused-images"));
    return builder.build();
  }

  private static boolean isNotebook(String key, AudioChunk chunk) {
    return chunk.getInterpretation().getProfile().equals(NotebookProcessor.PROFILE);
  }

  @SuppressWarnings("unchecked") // what ReadValues gives its child for values
  private static KStream<String, AudioChunk> chunks(KStream<?, ?> read) {
    return (KStream<String, AudioChunk>) read;
  }

  @SuppressWarnings("unchecked") // what ReadValues gives its child for dead letters
  private static KStream<byte[], byte[]> letters(KStream<?, ?> read) {
    return (KStream<byte[], byte[]>) read;
  }
}
