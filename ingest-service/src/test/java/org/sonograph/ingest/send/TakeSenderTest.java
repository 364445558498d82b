package org.sonograph.ingest.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.InMemoryRegistry;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.TraceContext;

class TakeSenderTest {
  private static final TakeSender.Progress IGNORED =
      new TakeSender.Progress() {
        @Override
        public void acknowledged(long chunks) {}

        @Override
        public void holding(long pictures) {}
      };

  private final InMemoryRegistry registry = RegistryClient.inMemory();
  private final AvroSerde<AudioChunk> serde = AvroSerde.of(Topics.AUDIO_CHUNKS, registry);
  private final SentLedger ledger = SentLedger.inMemory();
  private Optional<TraceContext> caller = Optional.empty();
  private final AheadGate open =
      new AheadGate(() -> new PictureCount.Pictures(0, 0), there -> 1000, time -> {});

  private static MockProducer<String, byte[]> producer(boolean autoComplete) {
    List<PartitionInfo> partitions =
        IntStream.range(0, 12)
            .mapToObj(
                p ->
                    new PartitionInfo(
                        Topics.AUDIO_CHUNKS.name(), p, Node.noNode(), new Node[0], new Node[0]))
            .toList();
    Cluster cluster =
        new Cluster("c", List.of(), partitions, java.util.Set.of(), java.util.Set.of());
    return new MockProducer<>(
        cluster, autoComplete, null, new StringSerializer(), new ByteArraySerializer());
  }

  private TakeSender sender(MockProducer<String, byte[]> producer, boolean together) {
    return new TakeSender(
        new TakeSender.Backbone(producer, serde, ledger, open),
        "ab12",
        new TakeSender.Way(together, caller),
        IGNORED);
  }

  private static AudioChunk chunk(long number, long total) {
    return AudioChunk.newBuilder()
        .setPlace(Place.newBuilder().setTake("ab12").setChunk(number).setTotalChunks(total).build())
        .setInterpretation(
            Interpretation.newBuilder()
                .setReadings(List.of(ReadingSettings.newBuilder().setName("chirp").build()))
                .build())
        .setPcm(ByteBuffer.wrap(new byte[8]))
        .build();
  }

  @Test
  void keyAndHeadersSayWhichChunkItIs() throws InterruptedException {
    MockProducer<String, byte[]> producer = producer(true);
    sender(producer, false).send(chunk(3, 0));
    ProducerRecord<String, byte[]> record = producer.history().getFirst();
    assertThat(record.key()).isEqualTo("ab12/3");
    assertThat(record.partition()).isNull();
    ChunkHeaders headers = ChunkHeaders.read(record.headers()).orElseThrow();
    assertThat(headers.chunk()).isEqualTo(3);
    assertThat(headers.readings()).containsExactly("chirp");
  }

  @Test
  void everyChunkBeginsATrace() throws InterruptedException {
    MockProducer<String, byte[]> producer = producer(true);
    TakeSender sender = sender(producer, false);
    sender.send(chunk(0, 0));
    sender.send(chunk(1, 0));
    assertThat(producer.history())
        .extracting(r -> TraceContext.read(r.headers()).orElseThrow().traceId())
        .doesNotHaveDuplicates();
  }

  @Test
  void everyChunkIsAnotherSpanOfItsCallersTrace() throws InterruptedException {
    TraceContext asked = TraceContext.begin();
    caller = Optional.of(asked);
    MockProducer<String, byte[]> producer = producer(true);
    TakeSender sender = sender(producer, false);
    sender.send(chunk(0, 0));
    sender.send(chunk(1, 0));
    assertThat(producer.history())
        .extracting(r -> TraceContext.read(r.headers()).orElseThrow())
        .allSatisfy(trace -> assertThat(trace.traceId()).isEqualTo(asked.traceId()))
        .extracting(TraceContext::spanId)
        .doesNotHaveDuplicates()
        .doesNotContain(asked.spanId());
  }

  @Test
  void keepsATakeThatNeedsItInOnePartition() throws InterruptedException {
    MockProducer<String, byte[]> producer = producer(true);
    TakeSender sender = sender(producer, true);
    for (int i = 0; i < 5; i++) {
      sender.send(chunk(i, 0));
    }
    assertThat(producer.history().stream().map(ProducerRecord::partition).distinct()).hasSize(1);
    assertThat(producer.history().getFirst().partition()).isNotNull();
  }

  @Test
  void notesOnlyWhatTheBrokerHasAcknowledged() throws InterruptedException {
    MockProducer<String, byte[]> producer = producer(false);
    TakeSender sender = sender(producer, false);
    sender.send(chunk(0, 0));
    sender.send(chunk(1, 0));
    assertThat(ledger.of("ab12")).isEmpty();
    producer.completeNext();
    sender.send(chunk(2, 0));
    assertThat(ledger.of("ab12").orElseThrow().getChunks()).isEqualTo(1);
    assertThat(ledger.of("ab12").orElseThrow().getComplete()).isFalse();
  }

  @Test
  void isCompleteOnceTheLastIsAcknowledged() throws InterruptedException {
    TakeSender sender = sender(producer(true), false);
    sender.send(chunk(0, 0));
    sender.send(chunk(1, 2));
    sender.finish();
    assertThat(ledger.of("ab12").orElseThrow().getChunks()).isEqualTo(2);
    assertThat(ledger.of("ab12").orElseThrow().getComplete()).isTrue();
  }

  @Test
  void goesOnAfterTheChunksAnEarlierAttemptSent() throws InterruptedException {
    ledger.note(SentLedger.event("ab12", 2, false));
    MockProducer<String, byte[]> producer = producer(true);
    TakeSender sender = sender(producer, false);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sender.send(chunk(i, i == 3 ? 4 : 0));
    }
    sender.finish();
    producer.history().forEach(record -> keys.add(record.key()));
    assertThat(keys).containsExactly("ab12/2", "ab12/3");
    assertThat(ledger.of("ab12").orElseThrow().getComplete()).isTrue();
  }

  @Test
  void completesATakeWhoseChunksAreAllThereAlready() throws InterruptedException {
    ledger.note(SentLedger.event("ab12", 2, false));
    TakeSender sender = sender(producer(true), false);
    sender.send(chunk(0, 0));
    sender.send(chunk(1, 2));
    sender.finish();
    assertThat(ledger.of("ab12").orElseThrow().getComplete()).isTrue();
  }

  @Test
  void saysWhichTakeTheBrokerDidNotTake() throws InterruptedException {
    MockProducer<String, byte[]> producer = producer(false);
    TakeSender sender = sender(producer, false);
    sender.send(chunk(0, 0));
    producer.errorNext(new IllegalStateException("too large"));
    assertThatThrownBy(sender::finish)
        .isInstanceOf(SendException.class)
        .hasMessageContaining("too large")
        .hasMessageContaining("take=ab12");
  }
}
