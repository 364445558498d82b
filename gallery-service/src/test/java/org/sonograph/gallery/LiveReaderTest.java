package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sonograph.gallery.live.LivePlayer;
import org.sonograph.gallery.live.LiveStream;
import org.sonograph.gallery.live.LiveStreams;
import org.sonograph.gallery.live.OutputGrid;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.InMemoryRegistry;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.Topics;
import org.sonograph.signal.sound.Sound;

@Timeout(30)
class LiveReaderTest {
  private static final String TOPIC = Topics.AUDIO_OUTPUTS.name();
  private static final String PICTURES = Topics.DIFFUSED_IMAGES.name();
  private static final TopicPartition ONLY = new TopicPartition(TOPIC, 0);
  private static final TopicPartition PICTURE = new TopicPartition(PICTURES, 0);
  private static final long NOW = 1_700_000_000_000L;

  private final InMemoryRegistry registry = RegistryClient.inMemory();
  private final AvroSerde<AudioOutput> serde = AvroSerde.of(Topics.AUDIO_OUTPUTS, registry);
  private final AvroSerde<DiffusedImage> pictures = AvroSerde.of(Topics.DIFFUSED_IMAGES, registry);
  private final List<Following> made = new ArrayList<>();
  private final LiveStreams streams =
      new LiveStreams(
          format -> {
            throw new IOException("nobody listens here");
          },
          Duration.ofHours(1),
          (name, encoders) ->
              new LiveStream(name, new LivePlayer(OutputGrid.STANDARD, ms -> {}), encoders));
  private LiveReader reader;
  private long offset;

  /** A consumer whose records begin at a time. */
  private static final class Following extends MockConsumer<byte[], byte[]> {
    private Map<TopicPartition, Long> asked = Map.of();

    Following() {
      super("earliest");
      for (TopicPartition each : List.of(ONLY, PICTURE)) {
        updatePartitions(
            each.topic(),
            List.of(new PartitionInfo(each.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
        updateBeginningOffsets(Map.of(each, 0L));
        updateEndOffsets(Map.of(each, 0L));
      }
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      asked = times;
      return new HashMap<>();
    }
  }

  private Following following(Runnable... rounds) {
    Following consumer = new Following();
    for (Runnable round : rounds) {
      consumer.schedulePollTask(round);
    }
    made.add(consumer);
    return consumer;
  }

  private ConsumerRecord<byte[], byte[]> record(String stream, boolean isReadable) {
    Place place =
        Place.newBuilder()
            .setTake("ab12")
            .setSampleRateHz(48_000)
            .setLengthSamples(10)
            .setStream(stream)
            .setDueMs(stream.isEmpty() ? 0 : NOW)
            .build();
    AudioOutput output =
        AudioOutput.newBuilder()
            .setPlace(place)
            .setReading("inverse")
            .setSampleRateHz(48_000)
            .setChannels(1)
            .setSamples(10)
            .setSampleFormat(PcmWire.F32LE)
            .setPcm(PcmWire.toAvro(Sound.mono(48_000, new float[10])))
            .build();
    byte[] value = isReadable ? serde.write(TOPIC, output) : new byte[] {9, 9};
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(TOPIC, 0, offset++, new byte[0], value);
    ChunkHeaders.write(
        record.headers(),
        place,
        SourceInfo.newBuilder().build(),
        Interpretation.newBuilder().build());
    return record;
  }

  private ConsumerRecord<byte[], byte[]> picture(String stream) {
    Place place =
        Place.newBuilder()
            .setTake("ab12")
            .setChunk(3)
            .setSampleRateHz(48_000)
            .setLengthSamples(48_000)
            .setStream(stream)
            .setDueMs(stream.isEmpty() ? 0 : NOW)
            .build();
    DiffusedImage image =
        DiffusedImage.newBuilder().setPlace(place).setPng(ByteBuffer.wrap(new byte[] {7})).build();
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(PICTURES, 0, offset++, new byte[0], pictures.write(PICTURES, image));
    ChunkHeaders.write(
        record.headers(), place, SourceInfo.newBuilder().build(), image.getInterpretation());
    return record;
  }

  private void run(List<Following> consumers) {
    List<Following> left = new ArrayList<>(consumers);
    reader =
        new LiveReader(
            () -> left.size() > 1 ? left.removeFirst() : left.getFirst(),
            new LiveReader.Serdes(serde, pictures),
            streams,
            () -> NOW);
    reader.run();
    streams.close();
  }

  @Test
  void readsLiveSoundAloneAndLeavesOutWhatItCannotRead() {
    List<String> names = new ArrayList<>();
    Following consumer =
        following(
            () -> {
              made.getFirst().addRecord(record("", false));
              made.getFirst().addRecord(record("broken", false));
              made.getFirst().addRecord(record("NOT A NAME", true));
              made.getFirst().addRecord(record("foyer", true));
            },
            () -> {
              streams.all().forEach(stream -> names.add(stream.name()));
              reader.stop();
            });
    run(List.of(consumer));
    assertThat(names).containsExactly("foyer");
    assertThat(consumer.asked).as("from a minute ago on").containsEntry(ONLY, NOW - 60_000);
  }

  @Test
  void bringsPicturesOfStreamsToTheirWalls() {
    Following consumer =
        following(
            () -> {
              made.getFirst().addRecord(picture(""));
              made.getFirst().addRecord(picture("NOT A NAME"));
              made.getFirst().addRecord(picture("foyer"));
            },
            () -> reader.stop());
    run(List.of(consumer));
    assertThat(streams.walls().news("foyer"))
        .singleElement()
        .asString()
        .startsWith("event: picture\ndata: {\"take\":\"ab12\",\"chunk\":3,\"dueMs\":" + NOW);
    assertThat(streams.walls().news("NOT A NAME")).isEmpty();
    assertThat(streams.all()).as("a stream begins with its sound").isEmpty();
  }

  @Test
  void goesOnWhereItWasWithAnotherConsumerWhenOneFails() {
    List<Long> positions = new ArrayList<>();
    Following first =
        following(
            () -> made.getFirst().addRecord(record("foyer", true)),
            () -> {
              throw new KafkaException("the broker is gone for good");
            });
    Following second =
        following(
            () -> {
              positions.add(made.getLast().position(ONLY));
              reader.stop();
            });
    second.updateEndOffsets(Map.of(ONLY, 7L));
    run(List.of(first, second));
    assertThat(first.closed()).isTrue();
    assertThat(positions).containsExactly(1L);
  }
}
