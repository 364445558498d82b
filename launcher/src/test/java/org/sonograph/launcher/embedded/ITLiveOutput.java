package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.GalleryService;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.Topics;
import org.sonograph.signal.sound.Sound;

/**
 * A live stream as decoder-service writes it, with holes, lateness, a new take and a broker that is
 * restarted, as a listener over HTTP hears it. The sound is a sweep, whose pitch tells when it was
 * captured.
 */
@Tag("broker")
@Timeout(180)
class ITLiveOutput {
  private static final long DELAY_MS = 6000;
  private static final int CHUNKS = 44;

  private static final double MOST_DRIFT_SECONDS = 0.05;
  private static final int NEW_TAKE_AT = 24;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private BrokerChild broker;
  private RegistryChild registry;
  private ServiceHost host;
  private ChildProcess again;
  private long startMs;

  @BeforeEach
  void open() throws Exception {
    Installation installation = Installation.find();
    broker = BrokerChild.start(installation, folder, LoopbackPorts.free(2), LogSegments.PASSING);
    registry = RegistryChild.start(installation, folder, LoopbackPorts.free(2));
    broker.awaitReady(Backbone.PATIENCE);
    registry.awaitReady(Backbone.PATIENCE);
    host = serve();
  }

  private ServiceHost serve() throws Exception {
    ServiceHost serving =
        ServiceHost.open(
            Settings.load(
                List.of(
                    "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                    "--registry.url=" + registry.url(),
                    "--gallery.out=" + folder.resolve("out"),
                    "--http.port=0"),
                Map.of(),
                GalleryService.factory().settings()));
    assertThat(serving.prepare()).isTrue();
    serving.start(GalleryService.NAME, GalleryService.factory());
    return serving;
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    client.shutdownNow();
    host.close();
    if (again != null) {
      again.close();
    }
    broker.close();
    registry.close();
  }

  private static AudioOutput record(long chunk, long dueMs, boolean standIn) {
    boolean isNew = chunk >= NEW_TAKE_AT;
    long inTake = isNew ? chunk - NEW_TAKE_AT : chunk;
    ByteBuffer pcm =
        ByteBuffer.allocate(2 * Float.BYTES * LiveEar.RATE).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < LiveEar.RATE; i++) {
      double turns = LiveEar.turns(chunk + (double) i / LiveEar.RATE);
      float value = (float) (LiveEar.AMPLITUDE * Math.sin(2 * Math.PI * turns));
      pcm.putFloat(value).putFloat(value);
    }
    return AudioOutput.newBuilder()
        .setPlace(
            Place.newBuilder()
                .setTake((isNew ? "new" : "first") + (standIn ? "-stand-in" : ""))
                .setChunk(inTake)
                .setStartSample(inTake * LiveEar.RATE)
                .setLengthSamples(LiveEar.RATE)
                .setSampleRateHz(LiveEar.RATE)
                .setFormat(ChunkHeaders.NOT_COLLECTED)
                .setStream("foyer")
                .setDueMs(dueMs)
                .setClosedMs(dueMs - DELAY_MS + 1000)
                .setStandIn(standIn)
                .build())
        .setSource(SourceInfo.newBuilder().setName("sweep").build())
        .setInterpretation(
            Interpretation.newBuilder()
                .setProfile("tape")
                .setReadings(List.of(ReadingSettings.newBuilder().setName("inverse").build()))
                .build())
        .setReading("inverse")
        .setSampleRateHz(LiveEar.RATE)
        .setChannels(2)
        .setStartSample(inTake * LiveEar.RATE)
        .setSamples(LiveEar.RATE)
        .setSampleFormat("f32le")
        .setPcm(pcm.flip())
        .build();
  }

  /** Sends each chunk when it would have been painted, three seconds before it is due. */
  private void produce() {
    AvroSerde<AudioOutput> serde = AvroSerde.of(Topics.AUDIO_OUTPUTS, host.registry());
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            host.kafka().producer("it-live"), new StringSerializer(), new ByteArraySerializer())) {
      for (long chunk = 0; chunk < CHUNKS; chunk++) {
        sleepUntil(startMs + chunk * 1000 + 3000);
        // the stand-in of 12 and 13 is missing too
        if (chunk != 12 && chunk != 13) {
          send(producer, serde, record(chunk, startMs + chunk * 1000 + DELAY_MS, true));
        }
        if (!Set.of(6L, 12L, 13L, 16L).contains(chunk)) {
          send(producer, serde, record(chunk, startMs + chunk * 1000 + DELAY_MS, false));
        }
        if (chunk == 19) {
          // half a second after it began to be due
          send(producer, serde, record(16, startMs + 16 * 1000 + DELAY_MS, false));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleepUntil(long wallMs) throws InterruptedException {
    Thread.sleep(Math.max(0, wallMs - System.currentTimeMillis()));
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, AvroSerde<AudioOutput> serde, AudioOutput record) {
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(
            Topics.AUDIO_OUTPUTS.name(),
            record.getPlace().getTake(),
            serde.write(Topics.AUDIO_OUTPUTS.name(), record));
    ChunkHeaders.write(
        message.headers(), record.getPlace(), record.getSource(), record.getInterpretation());
    producer.send(message);
  }

  /**
   * What a listener got.
   *
   * @param samples the left channel
   * @param arrivedMs when the first sample of each tenth of a second came
   */
  private record Heard(float[] samples, long[] arrivedMs) {}

  private Heard listen(int seconds) throws Exception {
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(host.http().url() + "/streams/foyer/live.wav"))
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("icy-name")).hasValue("Sonograph: foyer");
    float[] samples = new float[seconds * LiveEar.RATE];
    long[] arrived = new long[seconds * 10];
    try (InputStream in = answer.body()) {
      assertThat(new String(in.readNBytes(44), 0, 4)).isEqualTo("RIFF");
      byte[] tenth = new byte[LiveEar.RATE / 10 * 4];
      for (int t = 0; t < arrived.length; t++) {
        assertThat(in.readNBytes(tenth, 0, tenth.length)).isEqualTo(tenth.length);
        arrived[t] = System.currentTimeMillis();
        ByteBuffer frames = ByteBuffer.wrap(tenth).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < LiveEar.RATE / 10; i++) {
          samples[t * LiveEar.RATE / 10 + i] = frames.getShort(4 * i) / 32_768f;
        }
      }
    }
    return new Heard(samples, arrived);
  }

  private JsonNode stream() throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(host.http().url() + "/streams")).build(),
            BodyHandlers.ofByteArray());
    JsonNode all = JSON.readTree(answer.body());
    return all.isEmpty() ? JSON.createObjectNode() : all.get(0);
  }

  private void await(String state, Duration patience) throws Exception {
    long until = System.nanoTime() + patience.toNanos();
    while (!stream().path("state").asText().equals(state)) {
      assertThat(System.nanoTime()).as("waiting for " + state).isLessThan(until);
      Thread.sleep(50);
    }
  }

  /** Kills the broker and starts it anew on its old port, with its old data. */
  private void restartBroker() {
    broker.process().close();
    ChildProcess.Spec spec =
        new JavaCommand(Installation.find().brokerClassPath())
            .heapMb(256)
            .firstCompilerOnly()
            .spec(
                "Kafka broker",
                folder.resolve("logs/broker.log"),
                Map.of(),
                List.of(
                    "org.sonograph.launcher.broker.BrokerMain",
                    folder.resolve("broker.properties").toString()));
    again = ChildProcess.start(spec);
  }

  @Test
  void aListenerHearsNoGapNoClickAndNoDrift() throws Exception {
    Set<String> states = new ConcurrentSkipListSet<>();
    startMs = System.currentTimeMillis();
    Future<?> producing = threads.submit(this::produce);
    await("live", Duration.ofSeconds(20));
    // what is at once there for a new listener is then live, too
    sleepUntil(startMs + 8500);
    Future<Heard> hearing = threads.submit(() -> listen(40));
    Future<?> watching =
        threads.submit(
            () -> {
              while (!hearing.isDone()) {
                states.add(stream().path("state").asText());
                Thread.sleep(100);
              }
              return null;
            });
    sleepUntil(startMs + 28_000);
    restartBroker();
    compressed("mp3", "Icy-MetaData", "1");
    compressed("opus", "Accept", "*/*");
    Heard heard = hearing.get(60, TimeUnit.SECONDS);
    watching.get(5, TimeUnit.SECONDS);
    producing.get(30, TimeUnit.SECONDS);
    assertThat(states).contains("live", "stand-in", "repeat");

    assertThat(LiveEar.roughness(heard.samples()))
        .as("clicks")
        .isLessThan(1.5 * LiveEar.sweepRoughness(CHUNKS) + 2e-4);
    assertThat(LiveEar.quietest(heard.samples()))
        .as("gaps")
        .isGreaterThan(0.1 * LiveEar.AMPLITUDE / Math.sqrt(2));
    double paced = (heard.arrivedMs()[399] - heard.arrivedMs()[20]) / 1000.0;
    assertThat(paced).isCloseTo(37.9, within(0.4));
    timely(heard);

    panics();
    remembers();
  }

  /** The live stretches tell when they were captured: that runs as the output does. */
  private void timely(Heard heard) {
    double first = LiveEar.captured(heard.samples(), 1, CHUNKS) - 1;
    assertThat(first).as("first stretch").isNotNaN();
    double worst = 0;
    int live = 0;
    for (int second = 2; second < 39; second++) {
      double offset = LiveEar.captured(heard.samples(), second, CHUNKS) - second;
      if (Math.abs(offset - first) < 0.5) {
        worst = Math.max(worst, Math.abs(offset - first));
        live++;
      }
    }
    assertThat(live).as("seconds that are not repeated").isGreaterThan(18);
    assertThat(worst).as("drift, s").isLessThan(MOST_DRIFT_SECONDS);
    double arrived = (heard.arrivedMs()[50] - startMs) / 1000.0;
    double delay = arrived - LiveEar.captured(heard.samples(), 5, CHUNKS);
    assertThat(delay).as("delay, s").isCloseTo(DELAY_MS / 1000.0, within(DELAY_MS / 10_000.0));
  }

  private void compressed(String format, String header, String value) throws Exception {
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(host.http().url() + "/streams/foyer/live." + format))
                .header(header, value)
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    byte[] bytes;
    try (InputStream in = answer.body()) {
      bytes = in.readNBytes(60_000);
    }
    if (format.equals("mp3")) {
      assertThat(answer.headers().firstValue("icy-metaint")).hasValue("16000");
      assertThat(bytes[0] & 0xff).isEqualTo(0xff);
      assertThat(new String(bytes, 16_001, 64)).startsWith("StreamTitle='sweep");
      return;
    }
    Path file = Files.write(folder.resolve("heard." + format), bytes);
    Sound sound = FFmpeg.open(FFmpegSettings.defaults()).sound(file);
    assertThat(sound.length()).isGreaterThan(LiveEar.RATE);
    assertThat((double) sound.peak()).isCloseTo(LiveEar.AMPLITUDE, within(0.05));
  }

  private void panics() throws Exception {
    HttpResponse<byte[]> answer = output("{\"panic\": true}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("expected").asBoolean()).isFalse();
    assertThat(output("{\"panic\": 1}").statusCode()).isEqualTo(400);
    float[] heard = listen(6).samples();
    float most = 0;
    for (int i = 5 * LiveEar.RATE; i < heard.length; i++) {
      most = Math.max(most, Math.abs(heard[i]));
    }
    assertThat(most).isZero();
    output("{\"panic\": false}");
  }

  private HttpResponse<byte[]> output(String json) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(host.http().url() + "/streams/foyer/output"))
            .method("PATCH", HttpRequest.BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofByteArray());
  }

  /** After a restart with nothing new there is sound at once: that of before. */
  private void remembers() throws Exception {
    host.close();
    host = serve();
    await("memory", Duration.ofSeconds(20));
    assertThat(
            LiveEar.quietest(
                Arrays.copyOfRange(listen(4).samples(), 3 * LiveEar.RATE, 4 * LiveEar.RATE)))
        .isGreaterThan(0.1 * LiveEar.AMPLITUDE / Math.sqrt(2));
  }
}
