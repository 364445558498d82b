package org.sonograph.launcher.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topics;
import org.sonograph.signal.sound.Sound;

class CanaryTest {
  private static final String TOPIC = Topics.AUDIO_OUTPUTS.name();
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final AvroSerde<AudioOutput> serde =
      AvroSerde.of(Topics.AUDIO_OUTPUTS, RegistryClient.inMemory());
  private final List<String> requests = new ArrayList<>();
  private HttpServer ingest;
  private int status = 202;
  private Canary canary;

  @BeforeEach
  void open() throws IOException {
    ingest = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ingest.createContext(
        "/takes",
        exchange -> {
          requests.add(
              exchange.getRequestURI().getQuery()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getRequestBody().readAllBytes();
          byte[] answer = "{\"take\":\"ab12\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    ingest.start();
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateEndOffsets(Map.of(PARTITION, 5L));
    canary =
        new Canary(
            new IngestDoor(
                URI.create("http://127.0.0.1:" + ingest.getAddress().getPort()),
                Optional.of("word"),
                Map.of("model", "sketch")),
            new Outputs(consumer, serde),
            meters,
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    ingest.stop(0);
  }

  @Test
  void comesBackWhenEveryReadingSounds() throws Exception {
    come(output("red", "zz99"), output("red", "ab12"), output("chirp", "ab12"));
    Round round = canary.round(PATIENCE);
    assertThat(round.reason()).isEmpty();
    assertThat(round.isSuccess()).isTrue();
    assertThat(rounds("success")).isEqualTo(1);
    assertThat(meters.get("sonograph.canary.last.success.timestamp").gauge().value())
        .isEqualTo(NOW.getEpochSecond());
    assertThat(meters.get("sonograph.canary.round.trip").gauge().value()).isBetween(0.0, 20.0);
    assertThat(requests)
        .containsExactly(
            "format=none&model=sketch&name=canary.wav&seed=" + NOW.toEpochMilli() + " Bearer word");
  }

  @Test
  void isLateWhenAReadingIsMissing() throws Exception {
    come(output("red", "ab12"));
    Round round = canary.round(Duration.ofMillis(500));
    assertThat(round.outcome()).isEqualTo(Round.Outcome.LATE);
    assertThat(round.reason()).contains("only [red] came", "take=ab12");
    assertThat(rounds("late")).isEqualTo(1);
    assertThat(meters.get("sonograph.canary.last.success.timestamp").gauge().value()).isZero();
  }

  @Test
  void isWrongWhenASilenceComes() throws Exception {
    AudioOutput silence =
        AudioOutput.newBuilder(output("red", "ab12"))
            .setPcm(ByteBuffer.allocate(0))
            .setFailure(new Failure("diffusion-worker", "device", "the device failed"))
            .build();
    come(silence);
    assertThat(canary.round(PATIENCE).reason())
        .isEqualTo(
            "a marked silence came: diffusion-worker device, the device failed (reading=red take=ab12)");
    assertThat(rounds("wrong")).isEqualTo(1);
  }

  @Test
  void isRefusedInIngestsOwnWords() throws Exception {
    status = 429;
    Round round = canary.round(PATIENCE);
    assertThat(round.outcome()).isEqualTo(Round.Outcome.REFUSED);
    assertThat(round.reason()).contains("answered 429, expected 202: {\"take\":\"ab12\"}");
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    ingest.stop(0);
    assertThat(canary.round(PATIENCE).outcome()).isEqualTo(Round.Outcome.UNREACHABLE);
    assertThat(rounds("unreachable")).isEqualTo(1);
    assertThat(rounds("success")).isZero();
  }

  private double rounds(String outcome) {
    return meters.get("sonograph.canary.rounds").tag("outcome", outcome).counter().count();
  }

  private void come(AudioOutput... outputs) {
    consumer.schedulePollTask(
        () -> {
          long offset = 5;
          for (AudioOutput output : outputs) {
            consumer.addRecord(
                new ConsumerRecord<>(
                    TOPIC,
                    0,
                    offset++,
                    output.getPlace().getTake().getBytes(StandardCharsets.UTF_8),
                    serde.write(TOPIC, output)));
          }
        });
  }

  private static AudioOutput output(String reading, String take) {
    float[] samples = new float[480];
    samples[100] = 0.5f;
    return AudioOutput.newBuilder()
        .setPlace(Place.newBuilder().setTake(take).build())
        .setInterpretation(
            Interpretation.newBuilder()
                .setReadings(
                    List.of(
                        ReadingSettings.newBuilder().setName("red").build(),
                        ReadingSettings.newBuilder().setName("chirp").build()))
                .build())
        .setReading(reading)
        .setSampleRateHz(48_000)
        .setChannels(1)
        .setSamples(480)
        .setSampleFormat(PcmWire.F32LE)
        .setPcm(PcmWire.toAvro(Sound.mono(48_000, samples)))
        .setLast(true)
        .build();
  }
}
