package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.Groups;
import org.sonograph.runtime.PipelineLag;
import org.sonograph.runtime.ReadValues;
import org.sonograph.runtime.RecordReader;
import org.sonograph.runtime.RunningService;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.ShareGroupSetup;
import org.sonograph.runtime.StaleTransactions;
import org.sonograph.runtime.StreamsService;
import org.sonograph.runtime.TopicTrim;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.runtime.settings.SettingsException;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SchemaRefusedException;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.TakeEvent;
import org.sonograph.schemas.Topics;

/** What service-runtime asks of a real broker and a real registry. */
@Tag("broker")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ITServiceRuntime {
  private static final String TAKE = "00112233445566778899";

  private Path data;
  private Backbone backbone;
  private ServiceHost host;

  /** Answers each chunk with an empty picture of the same place, failures with failures. */
  private static final class Paint
      extends ContextualProcessor<Object, Object, String, SpectrogramImage> {
    @Override
    public void process(Record<Object, Object> record) {
      AudioChunk chunk = (AudioChunk) record.value();
      SpectrogramImage image =
          SpectrogramImage.newBuilder()
              .setPlace(chunk.getPlace())
              .setFailure(chunk.getFailure())
              .build();
      context().forward(record.withKey((String) record.key()).withValue(image));
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    data = folder;
    backbone = Backbone.start(Installation.find(), data, LogSegments.PASSING);
    backbone.awaitBroker();
    backbone.awaitRegistry();
    host = ServiceHost.open(config());
    assertThat(host.prepare()).isTrue();
  }

  @AfterAll
  void stop() {
    host.close();
    backbone.close();
  }

  @Test
  void aSecondStartFindsTheTopicsAsTheyAre() throws Exception {
    try (ServiceHost second = ServiceHost.open(config())) {
      assertThat(second.prepare()).isTrue();
    }
    assertThat(host.admin().listTopics().names().get())
        .contains("audio.chunks", "audio.chunks.dlq", "sonograph.control");
    assertThat(host.health().get("broker-and-registry").isReady()).isTrue();
  }

  @Test
  void theRegistryRefusesAnIncompatibleVersion() {
    host.registry().idOf(Topics.CONTROL.subject(), TakeEvent.getClassSchema());
    assertThatThrownBy(
            () ->
                host.registry()
                    .idOf(
                        Topics.CONTROL.subject(),
                        SchemaBuilder.record("TakeEvent")
                            .namespace("org.sonograph.schemas")
                            .fields()
                            .requiredInt("take")
                            .endRecord()))
        .isInstanceOf(SchemaRefusedException.class);
  }

  @Test
  void aShareGroupReadsTheLargestPayloadFromTheBeginning() {
    ShareGroupSetup.ensure(host.admin(), "it-share", Duration.ofSeconds(60));
    byte[] largest = new byte[Topics.PAYLOAD_MAX_BYTES];
    try (KafkaProducer<String, byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(Topics.PREVIEWS.name(), "x/0", largest));
      producer.flush();
    }
    List<byte[]> values = shared("it-share", Topics.PREVIEWS.name(), 1);
    assertThat(values.get(0)).hasSize(Topics.PAYLOAD_MAX_BYTES);
  }

  @Test
  void aLockThatTheBrokerDoesNotAllowIsRefusedByName() {
    assertThatThrownBy(() -> ShareGroupSetup.ensure(host.admin(), "it-lock", Duration.ofMillis(1)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("it-lock")
        .hasMessageContaining("group.share");
  }

  @Test
  void aStreamReadsFailsAndTrimsWhatEveryStageHasPassed() throws Exception {
    AvroSerde<AudioChunk> chunks = AvroSerde.of(Topics.AUDIO_CHUNKS, host.registry());
    try (KafkaProducer<String, byte[]> producer = producer()) {
      for (long chunk = 0; chunk < 20; chunk++) {
        Place place = Place.newBuilder().setTake(TAKE).setChunk(chunk).build();
        byte[] value =
            chunk == 7
                ? "not a record".getBytes(StandardCharsets.UTF_8)
                : chunks.write(
                    Topics.AUDIO_CHUNKS.name(), AudioChunk.newBuilder().setPlace(place).build());
        ProducerRecord<String, byte[]> record =
            new ProducerRecord<>(Topics.AUDIO_CHUNKS.name(), Keys.chunk(place), value);
        ChunkHeaders.write(record.headers(), place, List.of("red"));
        producer.send(record);
      }
      producer.flush();
    }
    assertThat(lag("spectrogram-service")).isEqualTo(20);
    assertThat(TopicTrim.trim(host.admin())).isZero();
    RunningService service = host.start("spectrogram-service", ITServiceRuntime::paint);
    List<SpectrogramImage> images = new ArrayList<>();
    AvroSerde<SpectrogramImage> serde = AvroSerde.of(Topics.SPECTROGRAM_IMAGES, host.registry());
    readAll(
        Topics.SPECTROGRAM_IMAGES.name(), 20, r -> images.add(serde.read(r.topic(), r.value())));
    assertThat(images.stream().map(i -> i.getPlace().getChunk()))
        .doesNotHaveDuplicates()
        .hasSize(20);
    assertThat(
            images.stream().filter(i -> i.getFailure() != null).map(i -> i.getPlace().getChunk()))
        .containsExactly(7L);
    readAll(
        Topics.deadLetter(Topics.AUDIO_CHUNKS.name()),
        1,
        r -> assertThat(r.value()).asString(StandardCharsets.UTF_8).isEqualTo("not a record"));
    until(() -> lag("spectrogram-service") == 0);
    assertThat(service.health().isReady()).isTrue();
    assertThat(host.meters().scrape()).contains("sonograph_dead_letters_total");
    assertThat(TopicTrim.trim(host.admin())).isPositive();
    long kept =
        host.admin().listOffsets(earliest(host.admin())).all().get().values().stream()
            .mapToLong(o -> o.offset())
            .sum();
    assertThat(kept).isEqualTo(20);
    assertThat(lag("diffusion-worker")).isGreaterThanOrEqualTo(20);
    ShareGroupSetup.ensure(host.admin(), Groups.DIFFUSION, Duration.ofSeconds(60));
    assertThat(shared(Groups.DIFFUSION, Topics.SPECTROGRAM_IMAGES.name(), 20)).hasSize(20);
    until(() -> lag("diffusion-worker") == 0);
  }

  @Test
  void whatAKilledTransactionHidesIsReadAfterItsEnd() {
    Map<String, Object> settings = new HashMap<>(host.kafka().producer("it-killed"));
    settings.put("transactional.id", "it-killed");
    settings.put("transaction.timeout.ms", 600_000);
    KafkaProducer<String, byte[]> killed =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    killed.initTransactions();
    killed.beginTransaction();
    killed.send(new ProducerRecord<>(Topics.AUDIO_OUTPUTS.name(), 0, "lost", new byte[1]));
    killed.flush();
    try (KafkaProducer<String, byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(Topics.AUDIO_OUTPUTS.name(), 0, "kept", new byte[1]));
      producer.flush();
    }
    assertThat(StaleTransactions.abort(host.admin())).isPositive();
    readAll(
        Topics.AUDIO_OUTPUTS.name(),
        1,
        r -> assertThat(r.key()).asString(StandardCharsets.UTF_8).isEqualTo("kept"));
    killed.close(Duration.ZERO);
  }

  private static RunningService paint(ServiceContext context) {
    String topic = Topics.AUDIO_CHUNKS.name();
    Topology topology = new Topology();
    topology.addSource("chunks", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
    topology.addProcessor(
        "read",
        ReadValues.of(
            new RecordReader<>(Topics.AUDIO_CHUNKS, context.registry(), context.name()),
            new ReadValues.Children("paint", "dead-letters"),
            context.meters()),
        "chunks");
    topology.addProcessor("paint", Paint::new, "read");
    topology.addSink(
        "images",
        Topics.SPECTROGRAM_IMAGES.name(),
        new StringSerializer(),
        context.serde(Topics.SPECTROGRAM_IMAGES).serializer(),
        "paint");
    topology.addSink(
        "dead-letters",
        Topics.deadLetter(topic),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        "read");
    return StreamsService.start(context, Groups.SPECTROGRAM, topology);
  }

  /**
   * Values of {@code count} records, taken and accepted one by one as a member of a share group.
   */
  private List<byte[]> shared(String group, String topic, int count) {
    try (KafkaShareConsumer<byte[], byte[]> consumer =
        new KafkaShareConsumer<>(
            host.kafka().shareConsumer(group),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      List<byte[]> values = new ArrayList<>();
      until(
          () -> {
            consumer
                .poll(Duration.ofMillis(200))
                .forEach(
                    r -> {
                      values.add(r.value());
                      consumer.acknowledge(r, AcknowledgeType.ACCEPT);
                    });
            consumer.commitSync();
            return values.size() >= count;
          });
      return values;
    }
  }

  private void readAll(String topic, int count, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            host.kafka().freeConsumer("it"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      until(
          () -> {
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            return records.size() >= count;
          });
      assertThat(records).hasSize(count);
      records.forEach(each);
    }
  }

  private Map<TopicPartition, OffsetSpec> earliest(Admin admin) throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    String topic = Topics.AUDIO_CHUNKS.name();
    admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .forEach(p -> asked.put(new TopicPartition(topic, p.partition()), OffsetSpec.earliest()));
    return asked;
  }

  private long lag(String stage) {
    return PipelineLag.read(host.admin()).stream()
        .filter(l -> l.stage().equals(stage))
        .findFirst()
        .orElseThrow()
        .records();
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        host.kafka().producer("it"), new StringSerializer(), new ByteArraySerializer());
  }

  private static void until(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private SmallRyeConfig config() {
    return Settings.load(
        List.of(
            "--kafka.bootstrap-servers=" + backbone.bootstrapServers(),
            "--registry.url=" + backbone.registryUrl(),
            "--kafka.partitions=3",
            "--kafka.state-dir=" + data.resolve("streams")),
        Map.of(),
        List.of());
  }
}
