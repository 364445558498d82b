package org.sonograph.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.TestIngest;
import org.sonograph.ingest.desk.TakeDesk;
import org.sonograph.ingest.desk.UploadStore;
import org.sonograph.ingest.recipe.Recipe;
import org.sonograph.ingest.recipe.RecipeText;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.ingest.source.Spool;
import org.sonograph.runtime.ffmpeg.SoundFiles;
import org.sonograph.schemas.TraceContext;

/** Uploads over real HTTP. */
class ITTakesEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Semaphore arriving = new Semaphore(2);
  private Ingest ingest;
  private TakeDesk desk;
  private Javalin server;
  private Path wav;

  private record Answer(int code, JsonNode body) {}

  private final Queue<TraceContext> traces = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void open() {
    ingest = TestIngest.tracing(traces::add);
    desk = new TakeDesk(ingest, time -> {});
    TakesEndpoint.Storage storage =
        new TakesEndpoint.Storage(
            new Spool(
                folder.resolve("arriving"),
                1 << 20,
                new Spool.Quota(3 << 20, folder.resolve("uploads"))),
            new UploadStore(folder.resolve("uploads")),
            arriving,
            Duration.ofMillis(50));
    TakesEndpoint endpoint =
        new TakesEndpoint(
            ingest, desk, storage, Map.of("model", List.of("passthrough")), new Random(1));
    server =
        Javalin.create(
            c -> {
              c.startup.showJavalinBanner = false;
              endpoint.addTo(c.routes);
            });
    server.start("127.0.0.1", 0);
    wav = SoundFiles.sineWav(folder.resolve("a.wav"), 48_000, 1, 96_000);
  }

  @AfterEach
  void close() {
    server.stop();
    desk.close();
    client.close();
  }

  private Answer send(String query, HttpRequest.BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/takes" + query))
            .POST(body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<byte[]> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
  }

  private void settle() throws Exception {
    Path last = SoundFiles.sineWav(folder.resolve("last.wav"), 48_000, 1, 9600);
    CompletableFuture<Void> done = new CompletableFuture<>();
    desk.submit(
        ingest.identify(SourceFile.of(last)),
        Recipe.of(RecipeText.parse("model=m")).order(0),
        result -> done.complete(null));
    done.get(60, TimeUnit.SECONDS);
  }

  @Test
  void acceptsABodyWithItsRecipeInTheQuery() throws Exception {
    Answer answer =
        send("?name=../x%20y.wav&prompt=sea&seed=5&steps=10", BodyPublishers.ofFile(wav));
    assertThat(answer.code()).isEqualTo(202);
    assertThat(answer.body().get("source").asText()).isEqualTo("x y.wav");
    assertThat(answer.body().get("seed").asLong()).isEqualTo(5);
    assertThat(answer.body().get("pictures").asLong()).isEqualTo(1);
    assertThat(answer.body().get("take").asText()).hasSize(20);
    settle();
    assertThat(folder.resolve("arriving")).isEmptyDirectory();
    assertThat(folder.resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void chunksGoOnInTheTraceOfTheRequest() throws Exception {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    Answer answer =
        send("", BodyPublishers.ofFile(wav), "traceparent", parent, "tracestate", "a=b");
    assertThat(answer.code()).isEqualTo(202);
    settle();
    TraceContext sent = traces.element();
    assertThat(sent.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(sent.spanId()).isNotEqualTo("00f067aa0ba902b7");
    assertThat(sent.state()).isEqualTo("a=b");
  }

  @Test
  void tellsHowATakeIsGettingOn() throws Exception {
    String take = send("?seed=5", BodyPublishers.ofFile(wav)).body().get("take").asText();
    settle();
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + server.port() + "/takes/" + take))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).contains("\"state\":\"sent\"").contains("\"chunksSent\":1");
  }

  @Test
  void acceptsAFormWithAJsonRecipe() throws Exception {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        ("--B\r\nContent-Disposition: form-data; name=\"recipe\"\r\n\r\n"
                + "{\"reading\":[\"red\"],\"seed\":9}\r\n--B\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"f.wav\"\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    form.writeBytes(Files.readAllBytes(wav));
    form.writeBytes("\r\n--B--\r\n".getBytes(StandardCharsets.UTF_8));
    Answer answer =
        send(
            "",
            BodyPublishers.ofByteArray(form.toByteArray()),
            "Content-Type",
            "multipart/form-data; boundary=B");
    assertThat(answer.code()).isEqualTo(202);
    assertThat(answer.body().get("seed").asLong()).isEqualTo(9);
    assertThat(answer.body().get("source").asText()).isEqualTo("f.wav");
  }

  @Test
  void refusesWhatIsNoSoundInOneLine() throws Exception {
    Answer answer = send("?name=n%0A.wav", BodyPublishers.ofString("text"));
    assertThat(answer.code()).isEqualTo(415);
    assertThat(answer.body().get("error").asText()).isEqualTo("n\\n.wav is text, not sound");
    assertThat(folder.resolve("arriving")).isEmptyDirectory();
  }

  @Test
  void refusesAnUnknownOptionByName() throws Exception {
    Answer answer = send("?promt=x", BodyPublishers.ofFile(wav));
    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.body().get("error").asText()).startsWith("unknown option 'promt'");
  }

  @Test
  void refusesMoreThanTheLimit() throws Exception {
    Answer answer = send("", BodyPublishers.ofByteArray(new byte[(1 << 20) + 1]));
    assertThat(answer.code()).isEqualTo(413);
    assertThat(answer.body().get("error").asText()).contains("limit of 1 MiB");
  }

  @Test
  void cutsAnUploadThatGoesOnAndOnAtTheLimitAndSaysSo() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /takes HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.ISO_8859_1));
      byte[] chunk = ("10000\r\n" + "x".repeat(1 << 16) + "\r\n").getBytes(StandardCharsets.UTF_8);
      int sent = 0;
      boolean isCut = false;
      while (!isCut && socket.getInputStream().available() == 0) {
        try {
          out.write(chunk);
        } catch (SocketException e) {
          // it answered and closed between the look and the write; the answer may be gone with it
          isCut = true;
        }
        sent++;
        assertThat(sent).as("64 KiB, far beyond what sockets hold").isLessThan(16_384);
      }
      if (!isCut) {
        String answer = new String(socket.getInputStream().readNBytes(200), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 413");
      }
    }
    assertThat(folder.resolve("arriving")).isEmptyDirectory();
    assertThat(arriving.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void takesTheSameSoundManyTimesAtOnce() throws Exception {
    arriving.release(30);
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 30; i++) {
        answers.add(visitors.submit(() -> send("?seed=5", BodyPublishers.ofFile(wav)).code()));
      }
    }
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isEqualTo(202);
    }
    settle();
    assertThat(folder.resolve("arriving")).isEmptyDirectory();
    assertThat(folder.resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void refusesMoreUploadsAtOnceThanItTakes() throws Exception {
    arriving.acquire(2);
    Answer refused = send("", BodyPublishers.ofString("x"));
    assertThat(refused.code()).isEqualTo(429);
    arriving.release(2);
    assertThat(send("", BodyPublishers.ofFile(wav)).code()).isEqualTo(202);
    assertThat(arriving.availablePermits()).isEqualTo(2);
  }

  @Test
  void refusesMoreThanTheDiskIsLentFor() throws Exception {
    Files.createDirectories(folder.resolve("uploads"));
    Files.write(folder.resolve("uploads/waiting"), new byte[(3 << 20) - 1000]);
    Answer answer = send("", BodyPublishers.ofFile(wav));
    assertThat(answer.code()).isEqualTo(413);
    assertThat(answer.body().get("error").asText()).contains("still waits", "3 MiB");
  }

  @Test
  void tellsTheOptionsOfATakeThatNamesNone() throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/recipe"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode recipe = JSON.readTree(answer.body());
    assertThat(recipe.get("model").asText()).isEqualTo("passthrough");
    assertThat(recipe.get("strength").asDouble()).isEqualTo(0.6);
    assertThat(recipe.get("reading")).hasSize(2);
    assertThat(recipe.has("seed")).isFalse();
  }
}
