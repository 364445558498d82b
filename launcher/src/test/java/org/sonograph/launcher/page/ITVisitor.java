package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.LibraryMeters;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/**
 * What visitors do, good and bad, on a real chain with a real browser. Where nothing else is asked
 * for, the model paints nothing, and takes as long over it as a fast one. One chain serves all
 * tests.
 *
 * <p>With {@code -Dsonograph.screenshots=FOLDER -Dsonograph.visitor.model=sketch} it also takes the
 * pictures in {@code docs/images/page}.
 */
@Tag("broker")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ITVisitor {
  private static final String MODEL =
      System.getProperty("sonograph.visitor.model", "passthrough:700");
  private static final String EVIL = "<img src=x onerror=alert(1)> tide.mp3";
  private static final int UPLOADS = 200;
  private static final int UNREAD = 8;
  private static final long TEN_GIGABYTES = 10_000_000_000L;

  @TempDir static Path folder;
  private static RunningUp up;
  private Visitor visitor;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    up = new RunningUp(folder.resolve("data"), MODEL, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    up.close();
  }

  @BeforeEach
  void visit() {
    visitor = new Visitor();
    page = visitor.page();
    page.navigate(up.url());
    visitor.awaitText("#source-said", "10\\.\\d s");
  }

  @AfterEach
  void leave() {
    visitor.close();
  }

  private void make() {
    page.locator("#go").click();
    page.waitForURL(Pattern.compile(".*#take/.+"));
  }

  private void awaitDone() {
    visitor.awaitText("#take-said", "(unpainted|Painted by).* from");
  }

  @Test
  @Order(1)
  void makesAPieceReloadsMeanwhileHearsEveryReadingAndTakesItHome() throws Exception {
    visitor.findsNothingSerious("make");
    visitor.shoot("make");
    page.locator("#prompt").fill("autumn fire, rust and persimmon");
    page.locator("#readings input[data-name=additive]").check();
    visitor.awaitText("#estimate", "\\d+ pictures?, heard 3 ways");
    make();
    page.waitForSelector("#score img[src*=spectrogram]");
    page.reload();
    page.waitForSelector("#score img[src*='art/']");
    awaitDone();
    page.waitForSelector("#voices input >> nth=3");
    visitor.findsNothingSerious("take");
    Set<String> heard = new HashSet<>();
    List<Locator> voices = page.locator("#voices input").all();
    for (Locator voice : voices) {
      voice.check();
      page.evaluate("() => { window.played = []; }");
      page.locator("#play").click();
      page.waitForFunction("() => window.played.some(p => p.peak > 0.01)");
      double loudness = ((Number) page.evaluate("() => window.played[0].mean")).doubleValue();
      heard.add("%.7f".formatted(loudness));
      compareWithFile(voice.locator("..").textContent(), loudness);
      page.waitForFunction(
          "() => !document.querySelector('#clock').textContent.startsWith('0:00.0')");
      page.locator("#play").click();
      page.evaluate("() => document.querySelector('#score').focus()");
      page.keyboard().press("Home");
    }
    assertThat(heard).as("every reading is another sound").hasSize(voices.size());
    visitor.shoot("take");
    takesItHome();
    assertThat(visitor.errors()).isEmpty();
  }

  /** What plays is what the gallery keeps: as loud over its first part as the file is. */
  private static void compareWithFile(String voice, double loudness) throws IOException {
    Path file = folder.resolve("data/out/rain-on-tin/%s.wav".formatted(voice.split(" ", 2)[1]));
    if (!Files.exists(file)) {
      assertThat(voice).endsWith("the sound"); // which this browser kept itself
      return;
    }
    Sound whole = WavCodec.decode(Files.readAllBytes(file));
    float[] samples = whole.channels()[0];
    double sum = 0;
    int count = Math.min(samples.length, 4 * whole.sampleRateHz());
    for (int i = 0; i < count; i++) {
      sum += Math.abs(samples[i]);
    }
    assertThat(loudness).as(voice).isCloseTo(sum / count, withinPercentage(1.0));
  }

  private void takesItHome() throws IOException {
    Download download = page.waitForDownload(() -> page.locator("#download").click());
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(download.path())))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    assertThat(names)
        .contains("rain-on-tin/chirp.wav", "rain-on-tin/scroll.png", "rain-on-tin/track.json");
  }

  @Test
  @Order(2)
  void makesAnotherOfTheSameSoundComparesAndDeletesIt() throws Exception {
    page.locator("#seed").evaluate("e => { e.closest('details').open = true; }");
    page.locator("#seed").fill("7");
    make();
    awaitDone();
    String first = page.url();
    page.locator("#again").click();
    page.waitForURL(url -> url.contains("#take/") && !url.equals(first));
    awaitDone();
    page.waitForSelector("#kin-grid a[href*='" + first.split("#take/")[1] + "']");
    int voices = page.locator("#voices input").count();
    page.locator("#kin-grid button").first().click();
    page.waitForFunction("n => document.querySelectorAll('#voices input').length > n", voices);
    page.locator("#star").click();
    visitor.awaitText("#star", "Starred");
    page.locator("nav a[href='#archive']").click();
    visitor.awaitText("#archive-said", "\\d takes\\.");
    visitor.findsNothingSerious("archive");
    visitor.shoot("archive");
    page.locator("#starred").check();
    visitor.awaitText("#archive-said", "^1 take\\.");
    page.locator(".shelf-row").first().click();
    awaitDone();
    page.locator("#delete").click();
    page.locator("#sure-yes").click();
    page.waitForURL(Pattern.compile(".*#archive"));
    page.locator("#q").fill("jellyfish nowhere");
    visitor.awaitText("#archive-said", "Nothing fits");
    assertThat(visitor.errors()).isEmpty();
  }

  @Test
  @Order(3)
  void namesAndTagsAreTextAndARecordingIsASound() throws Exception {
    Path evil = folder.resolve(EVIL);
    Files.write(evil, TaggedSound.mp3());
    page.locator("#file").setInputFiles(evil);
    visitor.awaitText("#source-said", "onerror=alert\\(1\\)> tide.mp3, \\d+\\.\\d s");
    make();
    awaitDone();
    visitor.awaitText("#take-title", "<script>alert\\(2\\)</script>");
    visitor.awaitText("#wall-label", "<script>alert\\(3\\)</script>");
    page.locator("nav a[href='#archive']").click();
    page.locator("#q").fill("alert(3)");
    visitor.awaitText(".shelf-row .title", "alert\\(2\\)</script>, <script>alert\\(3\\)");
    recordsFromTheMicrophone();
    assertThat(page.locator("img[src=x]").count()).isZero();
    assertThat(visitor.errors()).isEmpty();
  }

  private void recordsFromTheMicrophone() {
    page.locator("nav a[href='#make']").click();
    page.locator("#record").click();
    visitor.awaitText("#record", "Stop recording");
    page.waitForTimeout(1500);
    page.locator("#record").click();
    visitor.awaitText("#source-said", "^recording .*wav, \\d\\.\\d s");
    page.locator("#listen").click();
    page.waitForFunction("() => window.played.some(p => p.peak > 0.01)");
    page.locator("#listen").click();
  }

  @Test
  @Order(4)
  void badVisitorsAreBoundedAndDisturbNobody() throws Exception {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < UNREAD; i++) {
      open.add(begin("GET /gallery/events HTTP/1.1\r\nHost: localhost:" + up.port() + "\r\n\r\n"));
      open.add(begin("GET /slow"));
      open.add(
          begin(
              "POST /takes HTTP/1.1\r\nHost: localhost:"
                  + up.port()
                  + "\r\nContent-Length: 999\r\n\r\n"));
    }
    Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      List<CompletableFuture<Void>> all = uploads(client, answers);
      Path minute = Files.write(folder.resolve("minute.wav"), ITLive.noise(60));
      page.locator("#file").setInputFiles(minute); // long enough to be seen under way
      visitor.awaitText("#source-said", "^minute.wav, 60\\.\\d s");
      page.locator("#prompt").fill("made while others misbehave");
      make();
      page.waitForFunction(
          "() => [...document.querySelectorAll('#score img.preview')].some(i => i.naturalWidth)");
      visitor.shoot("under-way");
      awaitDone();
      assertThat(page.locator("#score img.preview").count()).isZero();
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }
    for (Socket socket : open) {
      socket.close();
    }
    assertThat(answers.keySet()).isSubsetOf(202, 429);
    assertThat(answers.get(202)).isPositive();
    assertThat(answers.values().stream().mapToInt(n -> n).sum()).isEqualTo(UPLOADS);
    assertThat(visitor.errors()).allMatch(error -> error.contains("429"));
    tenGigabytesAreRefusedInWords();
  }

  private List<CompletableFuture<Void>> uploads(HttpClient client, Map<Integer, Integer> answers)
      throws IOException {
    byte[] sound = Files.readAllBytes(Installation.home().resolve("examples/rain-on-tin.flac"));
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < UPLOADS; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(up.url() + "/takes?seed=5&name=many.flac"))
              .POST(HttpRequest.BodyPublishers.ofByteArray(sound))
              .build();
      all.add(
          client
              .sendAsync(request, HttpResponse.BodyHandlers.discarding())
              .thenAccept(answer -> answers.merge(answer.statusCode(), 1, Integer::sum)));
    }
    return all;
  }

  private void tenGigabytesAreRefusedInWords() throws IOException {
    Path huge = folder.resolve("huge.wav");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(TEN_GIGABYTES); // which takes no room on the disk
    }
    page.locator("nav a[href='#make']").click();
    page.locator("#file").setInputFiles(huge);
    visitor.awaitText("#source-said", "huge.wav, 10000.0 MB");
    page.locator("#go").click();
    visitor.awaitText("#make-said", "longer than the limit of 4096 MiB");
  }

  private static Socket begin(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", up.port());
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  @Test
  @Order(5)
  void strangersAreRefused() throws Exception {
    assertThat(raw("GET / HTTP/1.1", "Host: evil.example")).startsWith("HTTP/1.1 421");
    String origin = "Origin: http://evil.example";
    String own = "Host: localhost:" + up.port();
    assertThat(raw("POST /takes HTTP/1.1", own, origin)).startsWith("HTTP/1.1 403");
    assertThat(raw("GET /gallery/takes HTTP/1.1", own, origin)).startsWith("HTTP/1.1 403");
    String tooLarge = raw("POST /takes HTTP/1.1", own, "Content-Length: 10000000000");
    assertThat(tooLarge).startsWith("HTTP/1.1 413");
  }

  private static String raw(String... lines) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", up.port())) {
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  @Order(5)
  void theCanaryComesBackAndEveryMeterOfTheCatalogueIsExported() throws Exception {
    Exports services = new Exports(up.metrics().getFirst());
    String workers = "{stage=\"diffusion-worker\"}";
    while (services.value("sonograph_backlog_audio_seconds" + workers) > 0) {
      Thread.sleep(200); // what earlier visitors sent
    }
    double before = services.value("sonograph_end_to_end_seconds_count");
    send(100);
    double seconds = services.awaitPositive("sonograph_backlog_audio_seconds" + workers);
    // pictures overlap: those of 100 s are 110.8 s long
    assertThat(seconds).isLessThan(112);
    assertThat(services.value("sonograph_backlog_age_seconds" + workers)).isBetween(0.0, 40.0);
    assertThat(services.value("sonograph_backlog_retention_seconds" + workers))
        .isEqualTo(7 * 24 * 3600);
    assertThat(up.command("canary", "--once")).as(up.said()).isZero();
    assertThat(services.value("sonograph_end_to_end_seconds_count")).isGreaterThan(before);
    services.areThoseOf(Carrier.INGEST, Carrier.SPECTROGRAM, Carrier.DECODER, Carrier.GALLERY);
    Exports worker = new Exports(up.metrics().getLast());
    worker.areThoseOf(Carrier.DIFFUSION);
    Set<String> all = new HashSet<>(services.names());
    all.addAll(worker.names());
    assertThat(all).containsAll(LibraryMeters.kafkaSeries());
    assertThat(raw("GET /gallery/takes HTTP/1.1", "Host: localhost:" + up.port()))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("canary");
  }

  /** Sends so many seconds of noise. */
  private static void send(int seconds) throws IOException, InterruptedException {
    float[] noise = new float[seconds * 48_000];
    java.util.Random random = new java.util.Random(8);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (0.1 * random.nextGaussian());
    }
    byte[] wav =
        WavCodec.encode(Sound.mono(48_000, noise), SampleFormat.S16, new LinkedHashMap<>());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(up.url()).resolve("/takes?name=noise.wav&reading=red"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(wav))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(202);
    }
  }

  @Test
  @Order(6)
  void anOpenPageSurvivesARestartOfTheServer() throws Exception {
    make();
    page.waitForSelector("#score img[src*=spectrogram]");
    int port = up.port();
    up.close();
    up = new RunningUp(folder.resolve("data"), MODEL, port);
    awaitDone();
    assertThat(visitor.errors())
        .allMatch(
            // no server, one that is stopping, or one that is still starting
            error ->
                error.contains("net::ERR_")
                    || error.contains("Failed to fetch")
                    || error.matches("Failed to load resource: .*status of (404|503) .*"));
  }
}
