package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.launcher.embedded.Installation;

/**
 * What visitors do, good and bad, on a real chain with a real browser. The model paints nothing,
 * and takes as long over it as a fast one. One chain serves all tests.
 *
 * <p>It takes minutes on a small machine and runs where it is asked for: {@code
 * -Dsonograph.visitor=true}; with {@code -Dsonograph.screenshots=FOLDER} it also takes the pictures
 * in {@code docs/images/page}.
 */
@Tag("broker")
@EnabledIfSystemProperty(named = "sonograph.visitor", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ITVisitor {
  private static final String MODEL =
      System.getProperty("sonograph.visitor.model", "passthrough:700");
  private static final String EVIL = "<img src=x onerror=alert(1)> tide.flac";
  private static final int UPLOADS = 200;

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
    visitor.shoot("under-way");
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
      heard.add(page.evaluate("() => window.played[0].sum.toFixed(4)").toString());
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
  void namesOfFilesAreTextAndARecordingIsASound() throws Exception {
    Path evil = folder.resolve(EVIL);
    Files.copy(Installation.home().resolve("examples/tide.flac"), evil);
    page.locator("#file").setInputFiles(evil);
    visitor.awaitText("#source-said", "onerror=alert\\(1\\)> tide.flac, \\d+\\.\\d s");
    make();
    page.waitForSelector("#score img[src*='art/']");
    assertThat(page.locator("#take-title").textContent()).isNotBlank();
    assertThat(page.locator("main img[src=x]").count()).isZero();
    page.locator("nav a[href='#make']").click();
    page.locator("#record").click();
    visitor.awaitText("#record", "Stop recording");
    page.waitForTimeout(1500);
    page.locator("#record").click();
    visitor.awaitText("#source-said", "^recording .*wav, \\d\\.\\d s");
    assertThat(visitor.errors()).isEmpty();
  }

  @Test
  @Order(4)
  void twoHundredUploadsAtOnceAreBoundedAndDisturbNobody() throws Exception {
    byte[] sound = Files.readAllBytes(Installation.home().resolve("examples/rain-on-tin.flac"));
    Map<Integer, Integer> answers = new java.util.concurrent.ConcurrentHashMap<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
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
      page.reload();
      visitor.awaitText("#source-said", "10\\.\\d s");
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }
    assertThat(answers.keySet()).isSubsetOf(202, 429);
    assertThat(answers.get(202)).isPositive();
    assertThat(answers.values().stream().mapToInt(n -> n).sum()).isEqualTo(UPLOADS);
    assertThat(visitor.errors()).isEmpty();
  }

  @Test
  @Order(5)
  void strangersAreRefused() throws Exception {
    assertThat(raw("GET / HTTP/1.1", "Host: evil.example")).startsWith("HTTP/1.1 421");
    String origin = "Origin: http://evil.example";
    String own = "Host: localhost:" + up.port();
    assertThat(raw("POST /takes HTTP/1.1", own, origin)).startsWith("HTTP/1.1 403");
    assertThat(raw("GET /gallery/takes HTTP/1.1", own, origin)).startsWith("HTTP/1.1 403");
    assertThat(raw("GET /gallery/takes/../../etc/passwd HTTP/1.1", own))
        .matches("(?s)HTTP/1.1 4\\d\\d .*");
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
  @Order(6)
  void anOpenPageSurvivesARestartOfTheServer() throws Exception {
    make();
    page.waitForSelector("#score img[src*=spectrogram]");
    int port = up.port();
    up.close();
    up = new RunningUp(folder.resolve("data"), MODEL, port);
    awaitDone();
    assertThat(visitor.errors())
        .allMatch(error -> error.contains("net::ERR_") || error.contains("Failed to fetch"));
  }
}
