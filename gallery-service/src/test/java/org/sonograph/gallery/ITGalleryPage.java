package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.page.GalleryPage;
import org.sonograph.gallery.page.Remover;
import org.sonograph.runtime.HttpServer;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.signal.sound.WavCodec;

/** The page's interface over real HTTP, beside a collector's desk. */
class ITGalleryPage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVIL = "<img src=x onerror=alert(1)> & \u202e.wav";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path out;
  private Desk desk;
  private GalleryPage page;
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    out = Files.createDirectories(folder.resolve("out"));
    page =
        new GalleryPage(
            new GalleryPage.Settings(out, Optional.empty(), Optional.empty(), 0.5, List::of),
            this::remove);
    desk = new Desk(out, page);
    serve();
  }

  private CompletableFuture<Remover.Removal> remove(String take) {
    try {
      return CompletableFuture.completedFuture(desk.folders.remove(take));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void serve(String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--http.port=0");
    server =
        HttpServer.start(
            Settings.load(all, Map.of(), List.of()).getConfigMapping(HttpConfig.class),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    server.routes(routes -> page.addTo(routes, server::isPrivate));
  }

  @AfterEach
  void close() throws Exception {
    client.shutdownNow();
    page.close();
    server.close();
    desk.close();
  }

  private Records make(String take, String name) throws Exception {
    Records records = Records.of(take, name, 3);
    desk.putAll(records.all());
    desk.settle();
    await(() -> state(take).equals("complete"));
    return records;
  }

  private String state(String take) {
    try {
      return json("/gallery/takes/" + take).path("state").asText();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private HttpResponse<byte[]> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(ask("GET", path).body());
  }

  /** Sends a path as it stands, which no client of good manners would. */
  private String raw(String path) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n"
              .formatted(path, server.port());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void findsTakesByWordsAndColourAndStar() throws Exception {
    make("a1", "rain.wav");
    make("b2", "harbour.wav");
    JsonNode all = json("/gallery/takes");
    assertThat(all.get("total").asInt()).isEqualTo(2);
    assertThat(all.get("takes").get(0).get("seed").asText()).isEqualTo("7");
    assertThat(json("/gallery/takes?q=HARB%20ink").get("takes").get(0).get("take").asText())
        .isEqualTo("b2");
    assertThat(json("/gallery/takes?q=harbour%20snow").get("total").asInt()).isZero();
    assertThat(ask("PUT", "/gallery/takes/a1/star").statusCode()).isEqualTo(204);
    assertThat(json("/gallery/takes?starred=true").get("takes").get(0).get("take").asText())
        .isEqualTo("a1");
    await(() -> !colour("a1").isEmpty());
    assertThat(json("/gallery/takes?colour=" + colour("a1")).toString()).contains("\"a1\"");
    assertThat(json("/gallery/takes?starred=true").get("total").asInt()).isEqualTo(1);
    assertThat(ask("DELETE", "/gallery/takes/a1/star").statusCode()).isEqualTo(204);
    assertThat(json("/gallery/takes?starred=true").get("total").asInt()).isZero();
    HttpResponse<byte[]> wrong = ask("GET", "/gallery/takes?colour=puce");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(new String(wrong.body(), StandardCharsets.UTF_8)).contains("expected one of red");
    assertThat(json("/gallery/takes?offset=1&limit=1").get("takes")).hasSize(1);
  }

  private String colour(String take) {
    try {
      return json("/gallery/takes/" + take).path("page").path("colour").asText();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tellsHowToMakeATakeAgainAndWhatElseCameOfItsSound() throws Exception {
    make("a1", "rain.wav");
    make("b2", "rain.wav");
    JsonNode shown = json("/gallery/takes/a1").get("page");
    assertThat(shown.get("recipe").get("prompt").asText()).isEqualTo("ink");
    assertThat(shown.get("recipe").get("seed").asText()).isEqualTo("7");
    assertThat(shown.get("recipe").get("reading")).hasSize(2);
    assertThat(shown.get("sameSource").get(0).get("take").asText()).isEqualTo("b2");
  }

  @Test
  void givesFilesWholeInPartOrNotAtAllWhereTheyAreKnown() throws Exception {
    make("a1", "rain.wav");
    String wav = "/gallery/takes/a1/files/rgb-mean.wav";
    HttpResponse<byte[]> whole = ask("GET", wav);
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(whole.headers().firstValue("Content-Type")).contains("audio/wav");
    HttpResponse<byte[]> part = ask("GET", wav, "Range", "bytes=4-7");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).containsExactly(java.util.Arrays.copyOfRange(whole.body(), 4, 8));
    assertThat(part.headers().firstValue("Content-Range"))
        .contains("bytes 4-7/" + whole.body().length);
    assertThat(ask("GET", wav, "Range", "bytes=-2").body()).hasSize(2);
    assertThat(ask("GET", wav, "Range", "bytes=99999999-").statusCode()).isEqualTo(416);
    assertThat(ask("GET", wav, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(ask("GET", wav, "Range", "bytes=0-1", "If-Range", "\"old\"").statusCode())
        .isEqualTo(200);
    assertThat(ask("GET", "/gallery/takes/a1/files/art/000001.png").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/gallery/takes/a1/thumbnail").headers().firstValue("Content-Type"))
        .contains("image/png");
  }

  @Test
  void noPathLeavesTheTakesFolder() throws Exception {
    make("a1", "rain.wav");
    Path secret = Files.writeString(folder.resolve("secret.txt"), "hidden words");
    Path taken = out.resolve("rain");
    Files.createSymbolicLink(taken.resolve("link.png"), secret);
    Files.writeString(taken.resolve("art").resolve("secret.txt"), "hidden words");
    for (String path :
        List.of(
            "../../secret.txt",
            "..%2f..%2fsecret.txt",
            "%2e%2e/%2e%2e/secret.txt",
            "..%5c..%5csecret.txt",
            "art/../../../secret.txt",
            "art/secret.txt",
            "art/000000.png/../../../../secret.txt",
            "%2fetc%2fpasswd",
            "/etc/passwd",
            "..;/..;/secret.txt",
            "link.png",
            ".page.json",
            "%00",
            "art")) {
      String answer = raw("/gallery/takes/a1/files/" + path);
      assertThat(answer).as(path).matches("(?s)HTTP/1.1 4\\d\\d .*").doesNotContain("hidden words");
    }
    for (String take : List.of("..", "%2e%2e", "..%2f..", "rain")) {
      assertThat(raw("/gallery/takes/" + take + "/files/secret.txt"))
          .as(take)
          .matches("(?s)HTTP/1.1 4\\d\\d .*");
    }
    assertThat(raw("/assets/..%2fpage%2findex.html")).matches("(?s)HTTP/1.1 4\\d\\d .*");
  }

  @Test
  void givesPartsOfAReadingThatIsStillBeingMade() throws Exception {
    Records records = Records.of("a1", "rain.wav", 3);
    desk.put(records.spectrogram(0));
    desk.put(records.art(0));
    desk.put(records.sound(0, "chirp"));
    desk.collection.sync();
    await(() -> state("a1").equals("collecting"));
    byte[] clip = ask("GET", "/gallery/takes/a1/sounds/chirp?from=0.1&seconds=0.2").body();
    assertThat(WavCodec.decode(clip).length()).isEqualTo(200);
    float[] samples = WavCodec.decode(clip).channels()[0];
    assertThat((double) samples[199]).isCloseTo(-299.0 / records.samples(), within());
    byte[] end = ask("GET", "/gallery/takes/a1/sounds/chirp?from=0.4&seconds=30").body();
    assertThat(WavCodec.decode(end).length()).isEqualTo(80);
    JsonNode peaks = json("/gallery/takes/a1/sounds/chirp/peaks?columns=10&seconds=0.96");
    assertThat(peaks.get("peaks").get(9).asInt()).isZero();
    assertThat(peaks.get("peaks").get(4).asInt()).isPositive();
    assertThat(ask("GET", "/gallery/takes/a1/sounds/rgb-mean").statusCode()).isEqualTo(404);
    assertThat(ask("DELETE", "/gallery/takes/a1").statusCode()).isEqualTo(409);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.api.Assertions.within(1e-3);
  }

  @Test
  void givesAllFilesAsOneArchive() throws Exception {
    make("a1", EVIL);
    HttpResponse<byte[]> answer = ask("GET", "/gallery/takes/a1/take.zip");
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        names.add(e.getName().substring(e.getName().indexOf('/') + 1));
      }
    }
    assertThat(names)
        .contains("track.json", "rgb-mean.wav", "chirp.wav", "scroll.png", "art/000002.png")
        .noneMatch(name -> name.startsWith(".") || name.contains(".."));
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment; filename=\"")
        .doesNotContain("<", "\r");
  }

  @Test
  void deletesATakeWithItsFiles() throws Exception {
    make("a1", "rain.wav");
    assertThat(ask("DELETE", "/gallery/takes/a1").statusCode()).isEqualTo(204);
    assertThat(out.resolve("rain")).doesNotExist();
    assertThat(ask("GET", "/gallery/takes/a1").statusCode()).isEqualTo(404);
    assertThat(json("/gallery/takes").get("total").asInt()).isZero();
    assertThat(ask("DELETE", "/gallery/takes/a1").statusCode()).isEqualTo(404);
    make("a1", "rain.wav");
    assertThat(out.resolve("rain/track.json")).exists();
  }

  @Test
  void namesAndTagsStayText() throws Exception {
    make("a1", EVIL);
    HttpResponse<byte[]> list = ask("GET", "/gallery/takes");
    assertThat(list.headers().firstValue("Content-Type").orElseThrow()).contains("json");
    HttpResponse<byte[]> html = ask("GET", "/");
    assertThat(html.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(html.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(html.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    String shown = new String(html.body(), StandardCharsets.UTF_8);
    assertThat(shown)
        .doesNotContainPattern(
            "(?i)\\son[a-z]+=|style=|<script(?! type=\"module\" src=)|https?://");
  }

  @Test
  void tellsWhatIsNewAndDropsWhoDoesNotListen() throws Exception {
    Records records = Records.of("a1", "rain.wav", 3);
    try (Socket deaf = new Socket("127.0.0.1", server.port())) {
      String request =
          "GET /gallery/events HTTP/1.1\r\nHost: localhost:%d\r\n\r\n".formatted(server.port());
      deaf.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      HttpResponse<InputStream> events =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/gallery/events?take=a1")).build(),
              BodyHandlers.ofInputStream());
      await(() -> page.listeners() == 2);
      desk.putAll(records.all());
      desk.settle();
      String told = new String(events.body().readNBytes(600), StandardCharsets.UTF_8);
      assertThat(told)
          .contains("event: drawn\ndata: {\"take\":\"a1\",\"chunk\":0}")
          .contains("event: painted", "event: heard", "\"reading\":\"rgb-mean\"");
      Records noise = Records.of("b2", "noise.wav", 1);
      // More than sockets and queue can hold for one that reads nothing, while the other reads on.
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      events.body().transferTo(java.io.OutputStream.nullOutputStream());
                    } catch (IOException e) {
                      assertThat(e).isNotNull(); // the test is over
                    }
                  });
      await(
          () -> {
            for (int i = 0; i < 1000; i++) {
              page.tell(
                  new org.sonograph.gallery.page.News.Failed(
                      noise.take(), i, "red", "x".repeat(4000)));
            }
            return page.listeners() == 1;
          });
      events.body().close();
      reader.join(PATIENCE);
    }
  }

  @Test
  void estimatesFromWhatPicturesHaveTakenHere() throws Exception {
    String query =
        "/gallery/estimate?seconds=10&readings=2&model=sketch-1&steps=12&strength=0.5&guidance=3";
    JsonNode before = json(query);
    assertThat(before.get("basis").asText()).isEqualTo("expected");
    page.tell(
        new org.sonograph.gallery.page.News.Painted(
            "a1", 0, org.sonograph.gallery.page.Paint.of("sketch-1", 12, 0.5, 3), 4.0));
    JsonNode after = json(query);
    assertThat(after.get("basis").asText()).isEqualTo("measured");
    assertThat(after.get("seconds").asDouble())
        .isBetween(4.0 * after.get("pictures").asInt(), 4.0 * after.get("pictures").asInt() + 5);
    assertThat(json(query.replace("sketch-1", "other")).get("basis").asText())
        .isEqualTo("expected");
  }

  @Test
  void isNotServedBeyondThisMachineWithoutAToken() throws Exception {
    server.close();
    serve("--http.host=0.0.0.0");
    assertThat(ask("GET", "/").statusCode()).isEqualTo(403);
    HttpResponse<byte[]> refused = ask("GET", "/gallery/takes");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("sonograph.http.token");
  }
}
