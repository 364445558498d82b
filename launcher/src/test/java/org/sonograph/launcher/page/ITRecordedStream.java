package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.report.TrackFile;

/** What a live stream played is made once more, equal to the sample, and again in another way. */
@Tag("broker")
@Timeout(600)
class ITRecordedStream {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private RunningUp live;

  @Test
  void aRecordedStreamIsReplayedToTheSampleAndRenderedAnew() throws Exception {
    Path sounds = Files.createDirectory(folder.resolve("sounds"));
    Files.write(sounds.resolve("noise.wav"), ITLive.noise(20));
    int osc = freePort();
    List<String> words =
        List.of(
            "live",
            sounds.toString(),
            "--name=foyer",
            "--model=passthrough",
            "--port=0",
            "--reading=wavetable",
            "--seed=1",
            "--hop=288",
            "--prompt=rain",
            // nothing is too late, however busy the machine
            "--delay=600",
            "--osc=" + osc);
    try (RunningUp running = new RunningUp(folder.resolve("data"), words)) {
      live = running;
      String first = await(s -> s.path("chunks").asLong() >= 2).path("take").asText();
      send(osc, "/sonograph/foyer/prompt", "snow");
      await(s -> s.at("/recipe/prompt").asText().equals("snow"));
      await(s -> s.path("chunks").asLong() >= 4);
      change("{\"reading\": [\"wavetable\", \"chirp\"]}");
      JsonNode second = await(s -> !s.path("take").asText().equals(first));
      long before = second.path("chunks").asLong();
      await(s -> s.path("chunks").asLong() >= before + 3);

      replayed("--take=" + first);
      replayed("--until=2100-01-01T00:00");
      rendered(first);
    }
  }

  /** All of it is the same. */
  private void replayed(String which) throws Exception {
    int said = live.said().length();
    int code = live.command("replay", "--stream=foyer", which, "--json");
    assertThat(code).as(live.said()).isZero();
    String lines = live.said().substring(said);
    assertThat(lines).contains("\"equal\":true").doesNotContain("\"equal\":false");
  }

  private void rendered(String first) throws Exception {
    int code =
        live.command(
            "rerender", "--stream=foyer", "--take=" + first, "--reading=grain", "--format=wav");
    assertThat(code).as(live.said()).isZero();
    TrackFile track;
    do {
      Thread.sleep(200);
      track = take().orElse(null);
    } while (track == null || !track.isComplete());
    assertThat(track.totalChunks()).isGreaterThanOrEqualTo(4);
    assertThat(track.failures()).isEmpty();
    assertThat(track.folder().resolve("grain.wav")).exists();
    assertThat(Files.readString(track.folder().resolve("track.json")))
        .contains("\"renderedFrom\" : \"" + first);
  }

  /** The one take among the instance's. */
  private Optional<TrackFile> take() throws Exception {
    Path out = folder.resolve("data/out");
    try (Stream<Path> folders = Files.list(out)) {
      Optional<Path> one =
          folders.filter(f -> Files.isRegularFile(f.resolve(TrackFile.NAME))).findFirst();
      return one.isPresent() ? TrackFile.read(one.get()) : Optional.empty();
    }
  }

  private JsonNode await(Predicate<JsonNode> isThere) throws Exception {
    JsonNode stream;
    do {
      Thread.sleep(200);
      stream = get("/streams/foyer");
    } while (!isThere.test(stream));
    return stream;
  }

  private JsonNode get(String path) throws Exception {
    URI there = URI.create(live.url()).resolve(path);
    return JSON.readTree(
        http.send(HttpRequest.newBuilder(there).build(), BodyHandlers.ofString()).body());
  }

  private void change(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(live.url()).resolve("/streams/foyer"))
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  /** A message with one text, as its bytes are. */
  private static void send(int port, String address, String text) throws Exception {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    for (String part : List.of(address, ",s", text)) {
      packet.write(part.getBytes(StandardCharsets.US_ASCII));
      packet.write(new byte[4 - part.length() % 4]);
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] bytes = packet.toByteArray();
      socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }
  }

  private static int freePort() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
