package org.sonograph.launcher.ancestry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.Topics;

class KeptStretchTest {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.AUDIO_CHUNKS.name(), 0);
  private static final long STEP = 1000;
  private static final long LENGTH = 1200;
  private static final int CONTEXT = 100;
  private static final long BEGIN_MS = 1_700_000_000_000L;

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final AvroSerde<AudioChunk> serde =
      AvroSerde.of(Topics.AUDIO_CHUNKS, RegistryClient.inMemory());
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  @BeforeEach
  void havePartition() {
    Node node = new Node(0, "localhost", 9092);
    consumer.updatePartitions(
        PARTITION.topic(),
        List.of(new PartitionInfo(PARTITION.topic(), 0, node, new Node[] {node}, new Node[0])));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  private void have(String stream, String take, long chunk, boolean standIn) {
    int context = chunk == 0 ? 0 : CONTEXT;
    Place place =
        Place.newBuilder()
            .setTake(take)
            .setChunk(chunk)
            .setStartSample(chunk * STEP)
            .setLengthSamples(LENGTH)
            .setSampleRateHz(48_000)
            .setFreshSamples(chunk == 0 ? LENGTH : STEP)
            .setFormat(ChunkHeaders.NOT_COLLECTED)
            .setStream(stream)
            .setDueMs(BEGIN_MS + chunk * STEP)
            .setStandIn(standIn)
            .build();
    AudioChunk value =
        AudioChunk.newBuilder()
            .setPlace(place)
            .setSource(SourceInfo.newBuilder().setId(stream + "@1").setTitle("t" + chunk).build())
            .setInterpretation(
                Interpretation.newBuilder()
                    .setProfile("tape")
                    .setDiffusion(DiffusionSettings.newBuilder().setPrompt("p" + chunk).build())
                    .setReadings(
                        List.of(ReadingSettings.newBuilder().setName("red").build(), seeded()))
                    .build())
            .setChannels(1)
            .setContextBeforeSamples(context)
            .setSampleFormat("f32le")
            .setPcm(ByteBuffer.allocate(Float.BYTES * (int) (context + LENGTH)))
            .build();
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            PARTITION.topic(), 0, records.size(), null, serde.write(PARTITION.topic(), value));
    ChunkHeaders.write(record.headers(), place, value.getSource(), value.getInterpretation());
    records.add(record);
  }

  private static ReadingSettings seeded() {
    return ReadingSettings.newBuilder().setName("chirp").setParameters(Map.of("seed", "7")).build();
  }

  private List<KeptChunks> found(String stream) {
    consumer.updateEndOffsets(Map.of(PARTITION, (long) records.size()));
    serveAll();
    return KeptChunks.ofStream(consumer, serde, stream);
  }

  /** At the next polls all records are there, as on a topic that is read again and again. */
  private void serveAll() {
    for (int i = 0; i < 3; i++) {
      consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
    }
  }

  @Test
  void findsTheTakesOfAStreamWithoutStandInsAndOthers() {
    have("foyer", "second", 7, false);
    have("foyer", "first", 3, false);
    have("foyer", "first-stand-in", 3, true);
    have("stairs", "other", 0, false);
    have("foyer", "first", 4, false);

    assertThat(found("foyer")).extracting(KeptChunks::take).containsExactly("first", "second");
  }

  @Test
  void isCutWhereAChunkIsMissingAndWhereNobodyAsks() {
    for (long chunk : List.of(2L, 3L, 4L, 6L, 7L)) {
      have("foyer", "first", chunk, false);
    }
    KeptChunks kept = found("foyer").getFirst();

    assertThat(KeptStretch.of(kept, due -> true))
        .extracting(KeptStretch::first, KeptStretch::last)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, 4L),
            org.assertj.core.groups.Tuple.tuple(6L, 7L));
    assertThat(KeptStretch.of(kept, due -> due >= BEGIN_MS + 3 * STEP))
        .extracting(KeptStretch::first)
        .containsExactly(3L, 6L);
  }

  @Test
  void becomesATakeThatEndsWithEachChunksOwnRecipe() {
    have("foyer", "first", 2, false);
    have("foyer", "first", 3, false);
    KeptStretch stretch = KeptStretch.of(found("foyer").getFirst(), due -> true).getFirst();
    serveAll();
    KeptStretch.Plan plan = stretch.plan("wav", true, stretch::asSeeded, "");
    serveAll();
    AudioChunk first = stretch.become(plan, 0);
    serveAll();
    AudioChunk last = stretch.become(plan, 1);

    assertThat(first.getPlace().getTake()).isEqualTo(plan.take()).isNotEqualTo("first");
    assertThat(first.getPlace().getStartSample()).isZero();
    assertThat(first.getPlace().getFreshSamples()).isEqualTo(LENGTH);
    assertThat(first.getPlace().getStream()).isEmpty();
    assertThat(first.getPlace().getDueMs()).isZero();
    assertThat(first.getPlace().getFormat()).isEqualTo("wav");
    assertThat(first.getPlace().getTotalChunks()).isZero();
    assertThat(first.getContextBeforeSamples()).as("nothing lies before a start").isZero();
    assertThat(first.getPcm().remaining()).isEqualTo(Float.BYTES * LENGTH);
    assertThat(first.getSource().getRenderedFrom()).isEqualTo("first");
    assertThat(first.getSource().getSamples()).isEqualTo(LENGTH + STEP);
    assertThat(first.getInterpretation().getDiffusion().getPrompt()).isEqualTo("p2");
    assertThat(last.getPlace().getStartSample()).isEqualTo(STEP);
    assertThat(last.getPlace().getTotalChunks()).isEqualTo(2);
    assertThat(last.getContextBeforeSamples()).isEqualTo(CONTEXT);
    assertThat(last.getInterpretation().getDiffusion().getPrompt()).isEqualTo("p3");
    assertThat(last.getSource().getTitle()).isEqualTo("t3");
  }

  @Test
  void saysTheSeedThatTheLiveTakeWas() {
    have("foyer", "first", 0, false);
    KeptStretch stretch = KeptStretch.of(found("foyer").getFirst(), due -> true).getFirst();
    serveAll();
    List<ReadingSettings> readings =
        stretch.asSeeded(stretch.live(0).getInterpretation()).getReadings();

    assertThat(readings.getFirst().getParameters()).containsKey("seed");
    assertThat(readings.getLast().getParameters()).containsEntry("seed", "7");
  }
}
