package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.DeadLetter;
import org.sonograph.runtime.DeadLetters;
import org.sonograph.runtime.HealthReport;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.InMemoryRegistry;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.TakeEvent;
import org.sonograph.schemas.Topics;

@Timeout(30)
class CollectorTest {
  private static final Records TAKE = Records.of("ab12", "rain.wav", 2);
  private static final TopicPartition SPECTROGRAMS =
      new TopicPartition(Topics.SPECTROGRAM_IMAGES.name(), 0);
  private static final TopicPartition ARTS = new TopicPartition(Topics.DIFFUSED_IMAGES.name(), 0);
  private static final TopicPartition SOUNDS = new TopicPartition(Topics.AUDIO_OUTPUTS.name(), 0);

  @TempDir Path out;
  private final InMemoryRegistry registry = RegistryClient.inMemory();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> control = producer();
  private final MockProducer<byte[], byte[]> letters = producer();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> seenCommits = new HashMap<>();
  private final List<HealthReport> seen = new ArrayList<>();
  private Collector collector;
  private long nanos;

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @BeforeEach
  void opens() throws IOException {
    TakeFolders folders = new TakeFolders(out);
    Collection collection = new Collection(folders, news -> {});
    SoundEncoder copying = (wav, target, format, label) -> Files.copy(wav, target);
    collector =
        new Collector(
            consumer,
            new Collector.Desks(
                folders,
                collection,
                new RecordSorter(collection, registry),
                new Closing(
                    new Finisher(copying, 1000),
                    new Desk.OnTheSpot(),
                    Duration.ofHours(1),
                    Duration.ZERO,
                    this::tick),
                new Announcer(control, AvroSerde.of(Topics.CONTROL, registry), Clock.systemUTC())),
            new DeadLetters(letters, meters),
            meters,
            new Collector.Timing(Duration.ZERO, this::tick));
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(Set.of(SPECTROGRAMS, ARTS, SOUNDS));
          consumer.updateBeginningOffsets(Map.of(SPECTROGRAMS, 0L, ARTS, 0L, SOUNDS, 0L));
        });
  }

  /** Time goes on by a second whenever somebody looks. */
  private long tick() {
    nanos += 1_000_000_000L;
    return nanos;
  }

  private void add(Object record) {
    switch (record) {
      case SpectrogramImage r -> add(SPECTROGRAMS, Topics.SPECTROGRAM_IMAGES.valueType(), r);
      case DiffusedImage r -> add(ARTS, Topics.DIFFUSED_IMAGES.valueType(), r);
      case AudioOutput r -> add(SOUNDS, Topics.AUDIO_OUTPUTS.valueType(), r);
      default -> throw new IllegalArgumentException("no such record");
    }
  }

  private <V extends SpecificRecord> void add(TopicPartition partition, Class<V> type, V record) {
    add(partition, new AvroSerde<>(type, registry).write(partition.topic(), record));
  }

  private void add(TopicPartition partition, byte[] value) {
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    consumer.addRecord(
        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, value));
  }

  /** Runs the collector; each task comes before one poll, then it is stopped. */
  private void run(Runnable... tasks) {
    for (Runnable task : tasks) {
      consumer.schedulePollTask(task);
    }
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(collector::stop);
    collector.run();
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    seenCommits.forEach((p, o) -> offsets.put(p, o.offset()));
    return offsets;
  }

  private void noteCommits() {
    seenCommits.putAll(consumer.committed(Set.of(SPECTROGRAMS, ARTS, SOUNDS)));
    seenCommits.values().removeIf(java.util.Objects::isNull);
  }

  @Test
  void closesATakeOnceAllOfItIsCollectedAndSaysSo() {
    run(() -> TAKE.all().forEach(this::add), () -> {}, this::noteCommits);
    assertThat(control.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> sent = control.history().getFirst();
    assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("closed/ab12");
    TakeEvent event =
        AvroSerde.of(Topics.CONTROL, registry).read(Topics.CONTROL.name(), sent.value());
    assertThat(event.getOutcome()).isEqualTo("complete");
    assertThat(event.getChunks()).isEqualTo(2);
    assertThat(event.getFolder()).isEqualTo("rain");
    assertThat(out.resolve("rain/chirp.wav")).exists();
    assertThat(committed()).containsEntry(SOUNDS, 4L).containsEntry(ARTS, 2L);
  }

  @Test
  void anUnreadableRecordBecomesADeadLetterAndTheRestIsCollected() {
    run(
        () -> {
          add(SOUNDS, new byte[] {9, 9});
          TAKE.all().forEach(this::add);
        },
        () -> {});
    assertThat(letters.history()).hasSize(1);
    assertThat(DeadLetter.text(letters.history().getFirst().headers(), DeadLetter.CODE))
        .hasValue("unreadable");
    assertThat(out.resolve("rain/chirp.wav")).exists();
  }

  @Test
  void soundThatCannotBeRightBecomesADeadLetter() {
    run(() -> add(AudioOutput.newBuilder(TAKE.sound(0, "chirp")).setSamples(3).build()));
    assertThat(DeadLetter.text(letters.history().getFirst().headers(), DeadLetter.CODE))
        .hasValue("bad-record");
  }

  @Test
  void aDiskInTroubleStopsTheReadingAndLosesNothing() {
    Path blocked = out.resolve("rain");
    run(
        () -> add(TAKE.spectrogram(0)),
        () -> {
          replaceByFile(blocked.resolve("art"));
          add(TAKE.art(0));
        },
        () -> {
          seen.add(collector.health());
          noteCommits();
          assertThat(consumer.paused()).contains(ARTS);
        },
        () -> delete(blocked.resolve("art")),
        () -> {},
        () -> seen.add(collector.health()),
        this::noteCommits);
    assertThat(seen.getFirst().state()).isEqualTo(HealthReport.State.NOT_READY);
    assertThat(seen.getFirst().reason()).contains("files cannot be written");
    assertThat(seen.getLast()).isEqualTo(HealthReport.ready());
    assertThat(out.resolve("rain/art/000000.png")).exists();
    assertThat(committed()).containsEntry(ARTS, 1L);
  }

  @Test
  void whileTheDiskIsInTroubleNoPlaceIsKept() {
    run(
        () -> add(TAKE.spectrogram(0)),
        () -> {
          replaceByFile(out.resolve("rain/art"));
          add(TAKE.art(0));
        },
        () -> {},
        this::noteCommits);
    assertThat(committed()).doesNotContainKey(ARTS);
  }

  private static void replaceByFile(Path path) {
    try {
      Files.writeString(path, "a file where a folder should be");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
