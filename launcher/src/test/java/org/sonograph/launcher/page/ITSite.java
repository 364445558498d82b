package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.site.Keeping;
import org.sonograph.gallery.site.Site;

/**
 * The static site of an archive in a browser, from the disk and from a web host. {@code
 * -Dsonograph.site.takes=1000} makes it larger, {@code -Dsonograph.screenshots=FOLDER} takes
 * pictures.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ITSite {
  private static final int TAKES = Integer.getInteger("sonograph.site.takes", 30);
  private static final String HEARD =
      "id => { const a = document.querySelector(id); return a && !a.paused && a.currentTime > 0.05; }";

  @TempDir static Path folder;
  private static MadeArchive archive;
  private static Path site;
  private static Visitor visitor;
  private static Page page;

  @BeforeAll
  static void write() throws IOException {
    archive = new MadeArchive(folder);
    archive.fill(TAKES);
    site = archive.out().resolve("site");
    long begun = System.nanoTime();
    Site.Written written = write(site, Keeping.REFER);
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(written.takes()).isEqualTo(TAKES);
    assertThat(written.unreadable()).isEmpty();
    note(
        "%d takes written in %.1f s, index %d bytes, site %d bytes",
        TAKES, seconds, written.dataBytes(), size(site));
    visitor = new Visitor();
    page = visitor.page();
  }

  @AfterAll
  static void leave() {
    visitor.close();
  }

  private static Site.Written write(Path to, Keeping keeping) throws IOException {
    return new Site(archive.out(), to, new Site.Options("Sounds & \"signs\"", keeping, true))
        .write(takes -> {});
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  private static void note(String text, Object... values) throws IOException {
    Path file = Path.of("target", "site.txt");
    String before = Files.exists(file) ? Files.readString(file) : "";
    Files.writeString(file, before + String.format(Locale.ROOT, text, values) + "\n");
  }

  private static void open(String address) {
    page.navigate(address);
    visitor.awaitText("#found", "takes?( found)?( in .*)?(, .*)?\\.$");
  }

  private static String home() {
    return site.resolve("index.html").toUri().toString();
  }

  @Test
  @Order(1)
  void findsByTitleArtistPromptFileAndId() throws IOException {
    open(home());
    visitor.awaitText("#extent", "^%,d takes?, .* of sound\\.$".formatted(TAKES));
    visitor.findsNothingSerious("index");
    visitor.shoot("site");
    long begun = System.nanoTime();
    page.locator("#q").fill("rec-00007");
    visitor.awaitText("#found", "^1 take found\\.$");
    note("first search result after %.0f ms", (System.nanoTime() - begun) / 1e6);
    finds("zlutoucky recordist", TAKES / 5);
    finds("波", TAKES / 5);
    finds("persimmon autu", TAKES);
    finds("%020x".formatted(new java.util.Random(3).nextLong() >>> 1), 1);
    page.locator("#q").fill("nothing of that kind");
    visitor.awaitText("#found", "^Nothing fits\\.$");
    assertThat(visitor.errors()).isEmpty();
  }

  private static void finds(String words, int takes) {
    page.locator("#q").fill(words);
    visitor.awaitText("#found", "^%,d takes? found[,.]".formatted(takes));
  }

  @Test
  @Order(2)
  void foldersAreThoseOfTheSources() {
    open(home());
    page.locator("#folders a", new Page.LocatorOptions().setHasText("1950")).click();
    visitor.awaitText("#found", " in 1950[,.]");
    page.locator("#folders a", new Page.LocatorOptions().setHasText("hills")).click();
    visitor.awaitText("#found", " in hills[,.]");
    page.locator("#q").fill("rec-00001");
    visitor.awaitText("#found", "^1 take found in hills\\.$");
    page.locator("#q").fill("rec-00002");
    visitor.awaitText("#found", "^Nothing fits in hills\\.$");
    assertThat(page.locator("#folders").textContent())
        .doesNotContain(folder.getFileName().toString());
  }

  @Test
  @Order(3)
  void playsFromTheSheetAndOnTheTakesPage() throws IOException {
    open(home());
    page.locator("#q").fill("rec-00004");
    visitor.awaitText("#found", "^1 take found\\.$");
    page.locator("#sheet button").click();
    page.waitForFunction(HEARD, "#player");
    page.locator("#sheet a").click();
    page.waitForURL("**/takes/**");
    assertThat(page.locator("h1").textContent()).isEqualTo(MadeArchive.EVIL);
    assertThat(page.locator(".label").textContent())
        .contains(
            MadeArchive.EVIL, "Recordist 4", "read by chirp and rgb-mean", "seed 4", "CC BY 4.0");
    assertThat(page.locator("[data-sound]").count()).isEqualTo(3);
    for (int i = 1; i <= 3; i++) {
      Locator sound = page.locator("[data-sound]:nth-child(" + i + ") audio");
      sound.evaluate("a => a.play()");
      page.waitForFunction(HEARD, "[data-sound]:nth-child(" + i + ") audio");
    }
    page.locator("#art .row").first().click();
    page.waitForFunction("() => document.querySelector('#art .head')?.style.left > '2'");
    visitor.findsNothingSerious("take");
    visitor.shoot("take");
    page.keyboard().press("Space");
    visitor.awaitText("#now", "^rgb-mean, \\d\\.\\d of 2\\.0 s$");
    assertThat(visitor.errors()).isEmpty();
  }

  @Test
  @Order(4)
  void aCopyStandsAloneOnAWebHost() throws IOException {
    Path copy = folder.resolve("copy");
    write(copy, Keeping.COPY);
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress("127.0.0.1", 0), copy, SimpleFileServer.OutputLevel.NONE);
    server.start();
    try {
      open("http://127.0.0.1:" + server.getAddress().getPort() + "/index.html");
      page.locator("#sheet button").first().click();
      page.waitForFunction(HEARD, "#player");
      page.locator("#sheet a").first().click();
      page.waitForURL("**/takes/**");
      page.waitForFunction("() => document.querySelector('#art img').naturalWidth > 0");
      assertThat((String) page.evaluate("() => fetch('take.json').then(r => r.text())"))
          .contains("\"sonograph\"", "rec-0")
          .as("where sources lay at home")
          .doesNotContain(folder.toString());
      page.locator("[data-sound] audio").first().evaluate("a => a.play()");
      page.waitForFunction(HEARD, "[data-sound] audio");
      assertThat(visitor.errors()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  @Order(5)
  void anotherWriteFollowsTheArchiveAndASiteIsNoTake() throws IOException {
    Path gone = archive.out().resolve("rec-00000");
    try (Stream<Path> files = Files.list(gone)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(archive.out().resolve("rec-00001/track.json"), "{ damaged");
    Site.Written written = write(site, Keeping.COPY);
    assertThat(written.takes()).isEqualTo(TAKES - 2);
    assertThat(written.unreadable()).singleElement().asString().contains("rec-00001");
    assertThat(write(site, Keeping.REFER).takes()).isEqualTo(TAKES - 2);
    try (Stream<Path> pages = Files.walk(site)) {
      assertThat(pages.filter(p -> p.endsWith("art.jpg")).count()).isEqualTo(TAKES - 2);
    }
  }

  @Test
  @Order(6)
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("index.html"), "mine");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> write(other, Keeping.COPY))
        .hasMessageContaining("something else");
    assertThat(other.resolve("index.html")).hasContent("mine");
  }
}
