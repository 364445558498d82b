package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.InMemoryRegistry;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topics;

class ReadValuesTopologyTest {
  private static final String IN = Topics.AUDIO_CHUNKS.name();

  @TempDir Path folder;

  private final InMemoryRegistry registry = RegistryClient.inMemory();
  private final AvroSerde<AudioChunk> serde = AvroSerde.of(Topics.AUDIO_CHUNKS, registry);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> in;
  private TestOutputTopic<String, AudioChunk> out;
  private TestOutputTopic<byte[], byte[]> letters;

  /** Fails for one key as a processor with a bug would. */
  private static final class Trip
      extends ContextualProcessor<String, AudioChunk, String, AudioChunk> {
    @Override
    public void process(Record<String, AudioChunk> record) {
      if (record.key().startsWith("trip")) {
        throw new IllegalStateException("tripped");
      }
      context().forward(record);
    }
  }

  @BeforeEach
  void start() {
    Topology topology = new Topology();
    topology.addSource("chunks", new ByteArrayDeserializer(), new ByteArrayDeserializer(), IN);
    topology.addProcessor(
        "read",
        ReadValues.of(
            new RecordReader<>(Topics.AUDIO_CHUNKS, registry, "spectrogram-service"),
            new ReadValues.Children("trip", "dead-letters"),
            meters),
        "chunks");
    topology.addProcessor("trip", Trip::new, "read");
    topology.addSink("out", "out", Serdes.String().serializer(), serde.serializer(), "trip");
    topology.addSink(
        "dead-letters",
        Topics.deadLetter(IN),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        "read");
    Map<String, Object> settings =
        KafkaSettings.of(Settings.load(List.of("--kafka.state-dir=" + folder), Map.of(), List.of()))
            .streams("app");
    settings.put(StreamsErrorHandler.METERS, meters);
    Properties properties = new Properties();
    properties.putAll(settings);
    assertThat(new StreamsConfig(properties)).isNotNull();
    driver = new TopologyTestDriver(topology, properties);
    in = driver.createInputTopic(IN, new ByteArraySerializer(), new ByteArraySerializer());
    out = driver.createOutputTopic("out", Serdes.String().deserializer(), serde.deserializer());
    letters =
        driver.createOutputTopic(
            Topics.deadLetter(IN), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void passesReadableRecordsOn() {
    AudioChunk chunk = AudioChunk.newBuilder().setChannels(2).build();
    in.pipeInput(bytes("ab12/7"), serde.write(IN, chunk));
    TestRecord<String, AudioChunk> read = out.readRecord();
    assertThat(read.key()).isEqualTo("ab12/7");
    assertThat(read.value()).isEqualTo(chunk);
    assertThat(letters.isEmpty()).isTrue();
  }

  @Test
  void anUnreadableRecordBecomesADeadLetterAndAFailureThatTravelsOn() {
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(
        headers, Place.newBuilder().setTake("ab12").setChunk(7).build(), List.of("red"));
    in.pipeInput(new TestRecord<>(bytes("ab12/7"), new byte[] {9}, headers));
    assertThat(out.readRecord().value().getFailure().getCode()).isEqualTo("unreadable");
    TestRecord<byte[], byte[]> letter = letters.readRecord();
    assertThat(letter.value()).containsExactly(9);
    assertThat(DeadLetter.text(letter.headers(), DeadLetter.STAGE)).contains("spectrogram-service");
    assertThat(DeadLetter.text(letter.headers(), DeadLetter.TOPIC)).contains(IN);
  }

  @Test
  void aProcessorsExceptionBecomesADeadLetterOfTheSourceRecord() {
    byte[] value = serde.write(IN, AudioChunk.newBuilder().build());
    in.pipeInput(bytes("trip/0"), value);
    in.pipeInput(bytes("ab12/1"), value);
    assertThat(out.readRecord().key()).isEqualTo("ab12/1");
    TestRecord<byte[], byte[]> letter = letters.readRecord();
    assertThat(letter.value()).isEqualTo(value);
    assertThat(DeadLetter.text(letter.headers(), DeadLetter.CODE)).contains("processing");
    assertThat(DeadLetter.text(letter.headers(), DeadLetter.MESSAGE)).contains("tripped");
    assertThat(meters.get("sonograph.dead.letters").counter().count()).isEqualTo(1);
  }

  @Test
  void aRegistryThatIsAwayStopsTheStreamInsteadOfLosingTheRecord() {
    byte[] value = serde.write(IN, AudioChunk.newBuilder().build());
    registry.goAway();
    assertThatThrownBy(() -> in.pipeInput(bytes("ab12/1"), value))
        .hasRootCauseMessage("schema registry in memory is away");
    assertThat(letters.isEmpty()).isTrue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
