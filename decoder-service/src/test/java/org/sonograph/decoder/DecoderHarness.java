package org.sonograph.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.InMemoryRegistry;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.TraceContext;
import org.sonograph.signal.sound.Sound;

/** The true topology in a driver, with real serdes on a registry in memory. */
final class DecoderHarness implements AutoCloseable {
  static final AssemblerLimits LIMITS =
      new AssemblerLimits(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7));

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final TopologyTestDriver driver;
  final TestOutputTopic<byte[], byte[]> letters;
  private Instant now = Instant.now();

  /** Where in which trace the picture of each chunk was sent last. */
  final Map<Long, TraceContext> traces = new HashMap<>();

  private final InMemoryRegistry registry = RegistryClient.inMemory();
  private final TestInputTopic<String, byte[]> in;
  private final TestOutputTopic<String, AudioOutput> out;

  DecoderHarness(Path folder) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG, "test",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1",
            StreamsConfig.STATE_DIR_CONFIG, folder.toString()));
    driver = new TopologyTestDriver(topology(), properties, now);
    in =
        driver.createInputTopic(
            Topics.DIFFUSED_IMAGES.name(), new StringSerializer(), new ByteArraySerializer());
    out =
        driver.createOutputTopic(
            Topics.AUDIO_OUTPUTS.name(),
            new StringDeserializer(),
            AvroSerde.of(Topics.AUDIO_OUTPUTS, registry).deserializer());
    letters =
        driver.createOutputTopic(
            Topics.deadLetter(Topics.DIFFUSED_IMAGES.name()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  Topology topology() {
    return DecoderTopology.build(LIMITS, registry, meters);
  }

  void send(DiffusedImage image) {
    send(
        image,
        AvroSerde.of(Topics.DIFFUSED_IMAGES, registry).write(Topics.DIFFUSED_IMAGES.name(), image));
  }

  void send(DiffusedImage image, byte[] bytes) {
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(headers, image.getPlace(), image.getSource(), image.getInterpretation());
    HopWork.first("diffusion-worker", Optional.empty()).writeTo(headers);
    traces.put(image.getPlace().getChunk(), TraceContext.read(headers).orElseThrow());
    in.pipeInput(new TestRecord<>(Keys.chunk(image.getPlace()), bytes, headers));
  }

  /** Lets time pass; what became possible in it has happened. */
  void pass(Duration time) {
    advance(time);
    for (int i = 0; i < 40; i++) {
      advance(TakeAssembler.TICK);
    }
  }

  private void advance(Duration time) {
    driver.advanceWallClockTime(time);
    now = now.plus(time);
  }

  /** Time as the topology knows it. */
  long nowMs() {
    return now.toEpochMilli();
  }

  /** What was sent since the last call, in order. */
  List<AudioOutput> sent() {
    List<AudioOutput> sent = new ArrayList<>();
    for (TestRecord<String, AudioOutput> record : out.readRecordsToList()) {
      if (!record.key().equals(record.value().getPlace().getTake())) {
        throw new AssertionError("key=" + record.key() + ", expected the take");
      }
      sent.add(record.value());
    }
    return sent;
  }

  double gauge(String meter) {
    return meters.get(meter).gauge().value();
  }

  Timer timer(String meter) {
    return meters.get(meter).timer();
  }

  /** The headers of what was sent since the last call, by chunk. */
  Map<Long, Headers> sentHeaders() {
    Map<Long, Headers> sent = new HashMap<>();
    out.readRecordsToList().forEach(r -> sent.put(r.value().getPlace().getChunk(), r.headers()));
    return sent;
  }

  double count(String meter) {
    return meters.find(meter).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  boolean isEmpty(String store) {
    try (var all = driver.getKeyValueStore(store).all()) {
      return !all.hasNext();
    }
  }

  /** One record a chunk, in order, without gap or overlap; the last one says so. */
  static void assertContiguous(List<AudioOutput> records, long samples) {
    long at = 0;
    for (AudioOutput record : records) {
      assertThat(record.getStartSample()).isEqualTo(at);
      if (record.getPcm().remaining() > 0) {
        assertThat(record.getPcm().remaining())
            .isEqualTo(record.getSamples() * record.getChannels() * Float.BYTES);
      }
      at += record.getSamples();
    }
    assertThat(at).isEqualTo(samples);
    assertThat(records.stream().map(AudioOutput::getLast).toList())
        .isEqualTo(lastAlone(records.size()));
    assertThat(records.stream().map(r -> r.getPlace().getChunk()).toList())
        .isEqualTo(numbers(records.size()));
  }

  private static List<Boolean> lastAlone(int count) {
    List<Boolean> flags = new ArrayList<>(Collections.nCopies(count, false));
    flags.set(count - 1, true);
    return flags;
  }

  private static List<Long> numbers(int count) {
    List<Long> numbers = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  /** Code of each record's failure; empty where it sounds. */
  static List<String> codes(List<AudioOutput> records) {
    return records.stream()
        .map(r -> r.getFailure() == null ? "" : r.getFailure().getCode())
        .toList();
  }

  /** The sound of one reading's records, laid where they say; silence where they say so. */
  static float[][] sound(List<AudioOutput> records) {
    AudioOutput end =
        records.stream().max(Comparator.comparingLong(AudioOutput::getStartSample)).orElseThrow();
    int length = Math.toIntExact(end.getStartSample() + end.getSamples());
    float[][] sound = new float[end.getChannels()][length];
    for (AudioOutput record : records) {
      if (record.getPcm().remaining() > 0) {
        Sound piece =
            PcmWire.fromAvro(
                record.getPcm(),
                record.getSampleFormat(),
                record.getChannels(),
                record.getSampleRateHz());
        for (int c = 0; c < sound.length; c++) {
          System.arraycopy(
              piece.channels()[c], 0, sound[c], (int) record.getStartSample(), piece.length());
        }
      }
    }
    return sound;
  }

  static List<AudioOutput> of(String reading, List<AudioOutput> records) {
    return records.stream().filter(r -> r.getReading().equals(reading)).toList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
