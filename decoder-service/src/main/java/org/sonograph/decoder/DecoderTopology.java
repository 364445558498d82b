package org.sonograph.decoder;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.sonograph.runtime.ReadValues;
import org.sonograph.runtime.RecordReader;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.DecodedChunk;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topics;

/**
 * {@code diffused.images} to {@code audio.outputs}: decoded chunk by chunk wherever it arrives,
 * brought together by take, and assembled in order.
 */
final class DecoderTopology {
  private static final String DECODE = "decode";
  private static final String DEAD_LETTERS = "dead-letters";

  private DecoderTopology() {}

  static Topology build(AssemblerLimits limits, RegistryClient registry, MeterRegistry meters) {
    AvroSerde<DecodedChunk> pieces = new AvroSerde<>(DecodedChunk.class, registry);
    RecordReader<DiffusedImage> reader =
        new RecordReader<>(Topics.DIFFUSED_IMAGES, registry, ChunkDecoder.STAGE);
    ChunkDecoder decoder =
        new ChunkDecoder(
            new PictureDecoder(),
            new ChunkFlac(FFmpegSettings.defaults()),
            new DecoderMeters(meters));
    StreamsBuilder builder = new StreamsBuilder();
    KStream<?, ?> read =
        builder.stream(
                Topics.DIFFUSED_IMAGES.name(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("diffused-images"))
            .process(
                ReadValues.of(reader, new ReadValues.Children(DECODE, DEAD_LETTERS), meters),
                Named.as("read"));
    letters(read)
        .to(
            Topics.deadLetter(Topics.DIFFUSED_IMAGES.name()),
            Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(DEAD_LETTERS));
    images(read)
        .process(() -> new DecodeProcessor(decoder), Named.as(DECODE))
        .repartition(
            Repartitioned.<String, DecodedChunk>as("decoded-by-take")
                .withKeySerde(Serdes.String())
                .withValueSerde(pieces))
        .process(
            new TakeAssembler.Supplier(limits, new AssemblerMeters(meters), pieces),
            Named.as("assemble"))
        .to(
            Topics.AUDIO_OUTPUTS.name(),
            Produced.with(Serdes.String(), AvroSerde.of(Topics.AUDIO_OUTPUTS, registry))
                .withName("audio-outputs"));
    return builder.build();
  }

  @SuppressWarnings("unchecked") // what ReadValues gives its child for values
  private static KStream<String, DiffusedImage> images(KStream<?, ?> read) {
    return (KStream<String, DiffusedImage>) read;
  }

  @SuppressWarnings("unchecked") // what ReadValues gives its child for dead letters
  private static KStream<byte[], byte[]> letters(KStream<?, ?> read) {
    return (KStream<byte[], byte[]>) read;
  }
}
