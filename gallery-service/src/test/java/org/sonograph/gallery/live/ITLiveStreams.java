package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.HttpServer;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.signal.sound.Sound;

/** A stream over real HTTP with the real encoder, in real time, without a broker. */
@Timeout(120)
class ITLiveStreams {
  private static final int RATE = OutputGrid.STANDARD.rateHz();
  private static final int CHUNKS = 40;
  private static final double HZ = 440;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final FFmpeg ffmpeg = FFmpeg.open(FFmpegSettings.defaults());
  private LiveMemory memory;
  private LiveStreams streams;
  private HttpServer server;

  @BeforeEach
  void open() {
    memory =
        new LiveMemory(
            folder.resolve("memory"),
            new ChunkFlac(FFmpegSettings.defaults()),
            Duration.ofMinutes(5));
    streams = streams();
    server =
        HttpServer.start(
            Settings.load(List.of("--http.port=0"), Map.of(), List.of())
                .getConfigMapping(HttpConfig.class),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    server.routes(routes -> new LiveRoutes(streams, memory, () -> true, false).addTo(routes));
  }

  private LiveStreams streams() {
    return new LiveStreams(
        Encoders.of(() -> ffmpeg),
        Duration.ofHours(1),
        (name, encoders) -> memory.open(name, encoders, ms -> {}));
  }

  @AfterEach
  void close() {
    client.shutdownNow();
    streams.close();
    server.close();
  }

  private HttpResponse<InputStream> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    return client.send(
        headers.length == 0 ? request.build() : request.headers(headers).build(),
        BodyHandlers.ofInputStream());
  }

  private byte[] bytes(String path, int count, String... headers) throws Exception {
    HttpResponse<InputStream> answer = get(path, headers);
    assertThat(answer.statusCode()).isEqualTo(200);
    try (InputStream in = answer.body()) {
      return in.readNBytes(count);
    }
  }

  private JsonNode stream() throws Exception {
    try (InputStream in = get("/streams").body()) {
      return JSON.readTree(in).path(0);
    }
  }

  private void await(String state) throws Exception {
    while (!stream().path("state").asText().equals(state)) {
      Thread.onSpinWait();
    }
  }

  private HttpResponse<InputStream> change(String json) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/streams/foyer/output"))
            .method("PATCH", HttpRequest.BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofInputStream());
  }

  @Test
  void isHeardInEveryFormatAndRemembered() throws Exception {
    LiveSounds take = LiveSounds.main(RATE, System.currentTimeMillis() + 1000, LiveSounds.sine(HZ));
    for (int c = 0; c < CHUNKS; c++) {
      streams.put("foyer", take.piece(c));
    }
    await("live");
    assertThat(stream().path("flowing").asBoolean()).isTrue();
    wave();
    mp3();
    opus();
    assertThat(get("/streams/hall/live.mp3").statusCode()).isEqualTo(404);
    assertThat(change("{\"tempo\": 1}").statusCode()).isEqualTo(400);
    assertThat(change("{\"panic\": true}").statusCode()).isEqualTo(200);
    assertThat(stream().path("expected").asBoolean()).isFalse();
    while (memory.streams(Duration.ofDays(1)).isEmpty()) {
      Thread.onSpinWait();
    }
    streams.close();
    streams = streams();
    LiveStream again = streams.open("foyer").orElseThrow();
    long since = System.nanoTime();
    while (!again.isFlowing()) {
      Thread.onSpinWait();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(20));
    assertThat(again.player().state().kind()).isEqualTo(Source.Kind.MEMORY);
  }

  private void wave() throws Exception {
    int seconds = 6;
    Thread.sleep(1100); // what a new listener gets at once is then of the stream, too
    long since = System.nanoTime();
    byte[] wav = bytes("/streams/foyer/live.wav", 44 + seconds * RATE * 4);
    double took = (System.nanoTime() - since) / 1e9;
    assertThat(took)
        .as("real time, but for the second at once")
        .isCloseTo(seconds - 1, within(0.5));
    ByteBuffer frames = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    double worst = 0;
    for (int i = 1; i < seconds * RATE - 1; i++) {
      double second =
          frames.getShort(44 + 4 * (i + 1))
              - 2.0 * frames.getShort(44 + 4 * i)
              + frames.getShort(44 + 4 * (i - 1));
      worst = Math.max(worst, Math.abs(second) / 32_768);
    }
    assertThat(worst).isLessThan(LiveSounds.roughness(HZ, RATE) + 2.5 / 32_768);
  }

  private void mp3() throws Exception {
    HttpResponse<InputStream> answer = get("/streams/foyer/live.mp3", "Icy-MetaData", "1");
    assertThat(answer.headers().firstValue("icy-metaint")).hasValue("16000");
    assertThat(answer.headers().firstValue("icy-name")).hasValue("Sonograph: foyer");
    try (InputStream in = answer.body()) {
      byte[] bytes = in.readNBytes(16_100);
      assertThat(bytes[0] & 0xff).isEqualTo(0xff);
      assertThat(bytes[Pieces.MP3_FRAME_BYTES] & 0xff).isEqualTo(0xff);
      assertThat(new String(bytes, 16_001, 60)).startsWith("StreamTitle='rain on main");
    }
    assertPure(Files.write(folder.resolve("a.mp3"), bytes("/streams/foyer/live.mp3", 60_000)));
  }

  private void opus() throws Exception {
    assertPure(Files.write(folder.resolve("a.opus"), bytes("/streams/foyer/live.opus", 40_000)));
    // the second listener begins in the middle
    assertPure(Files.write(folder.resolve("b.opus"), bytes("/streams/foyer/live.opus", 40_000)));
  }

  /** A second of what was decoded has the level of the sine. */
  private void assertPure(Path file) throws IOException {
    Sound sound = ffmpeg.sound(file);
    assertThat(sound.length()).isGreaterThan(3 * RATE / 2);
    double power = 0;
    for (int i = RATE / 2; i < 3 * RATE / 2; i++) {
      power += sound.channels()[0][i] * sound.channels()[0][i];
    }
    assertThat(Math.sqrt(power / RATE))
        .isCloseTo(LiveSounds.AMPLITUDE / Math.sqrt(2), within(0.01));
  }
}
