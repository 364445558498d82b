package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.page.GalleryPage;
import org.sonograph.gallery.page.Remover;
import org.sonograph.runtime.HttpServer;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;

/**
 * An archive of ten thousand takes in a browser. Frames are counted in time, which other work on
 * the machine spoils, so it runs where it is asked for: {@code -Dsonograph.archive=true}.
 */
@EnabledIfSystemProperty(named = "sonograph.archive", matches = "true")
class ITLargeArchive {
  private static final int TAKES = 10_000;
  private static final int PICTURES = 40;
  private static final double A_SECOND_MS = 1000;
  private static final double LONG_FRAME_MS = 100;
  private static final int MOST_NODES = 1500;
  private static final long ROOM_BYTES = 16L << 20;

  /** Scrolls to the end by 1500 pixels a frame; gives frames, slow ones, 95 % and most elements. */
  private static final String SCROLL =
      """
      async () => {
        const frames = [];
        let nodes = 0;
        let before = await new Promise(requestAnimationFrame);
        const end = document.documentElement.scrollHeight - innerHeight;
        while (scrollY < end - 1) {
          scrollBy(0, 1500);
          const now = await new Promise(requestAnimationFrame);
          frames.push(now - before);
          before = now;
          nodes = Math.max(nodes, document.querySelectorAll("*").length);
        }
        frames.sort((a, b) => a - b);
        return [frames.length, frames.filter(ms => ms > 50).length,
          frames[Math.floor(frames.length * 0.95)], frames.at(-1), nodes];
      }
      """;

  @TempDir Path folder;

  @Test
  void opensAtOnceAndScrollsSmoothlyInFlatMemory() throws Exception {
    fill();
    GalleryPage.Settings settings =
        new GalleryPage.Settings(folder, Optional.empty(), Optional.empty(), 0, List::of);
    try (GalleryPage gallery =
            new GalleryPage(
                settings, take -> CompletableFuture.completedFuture(Remover.Removal.UNKNOWN));
        HttpServer server = serve(gallery);
        Visitor visitor = new Visitor()) {
      Page page = visitor.page();
      page.navigate(server.url() + "/#archive");
      visitor.awaitText("#archive-said", "^10000 takes\\.");
      double first = firstRow(page);
      CDPSession devTools = page.context().newCDPSession(page);
      long heap = heap(devTools);
      @SuppressWarnings("unchecked")
      List<Number> seen = (List<Number>) page.evaluate(SCROLL);
      visitor.awaitText(".shelf-row .title", "rain-");
      page.waitForFunction(
          "() => [...document.querySelectorAll('[aria-posinset]')].some(r => r.ariaPosInSet == 10000)");
      long grown = heap(devTools) - heap;
      String figures =
          String.format(
              "first row %.0f ms; %s frames, %s over 50 ms, 95 %% within %.0f ms, longest %.0f ms;"
                  + " %s elements at most; heap %.1f MB, then %+.1f MB%n",
              first,
              seen.get(0),
              seen.get(1),
              seen.get(2).doubleValue(),
              seen.get(3).doubleValue(),
              seen.get(4),
              heap / 1e6,
              grown / 1e6);
      Files.writeString(Path.of("target", "large-archive.txt"), figures);
      assertThat(first).isLessThan(A_SECOND_MS);
      assertThat(seen.get(2).doubleValue()).isLessThan(LONG_FRAME_MS);
      assertThat(seen.get(4).intValue()).isLessThan(MOST_NODES);
      assertThat(grown).isLessThan(ROOM_BYTES);
    }
  }

  /** Time from asking for the page anew until the first row is there with its picture. */
  private static double firstRow(Page page) {
    page.reload();
    page.waitForFunction(
        "() => { const i = document.querySelector('.shelf-row img');"
            + " if (i?.complete && i.naturalWidth) window.shown ??= performance.now();"
            + " return window.shown; }");
    return ((Number) page.evaluate("() => window.shown")).doubleValue();
  }

  private static long heap(CDPSession devTools) {
    devTools.send("HeapProfiler.collectGarbage");
    JsonObject usage = devTools.send("Runtime.getHeapUsage");
    return usage.get("usedSize").getAsLong();
  }

  private void fill() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve(".pictures"));
    Random random = new Random(1);
    for (int i = 0; i < PICTURES; i++) {
      byte[] rgb = new byte[1024 * 128 * 3];
      random.nextBytes(rgb);
      Files.write(
          pictures.resolve(i + ".png"),
          PngCodec.encode(Picture.rgb(1024, 128, rgb), new LinkedHashMap<>()));
    }
    for (int i = 0; i < TAKES; i++) {
      String name = "rain-%05d".formatted(i);
      Path take = Files.createDirectory(folder.resolve(name));
      Files.writeString(take.resolve("track.json"), track(name));
      Files.writeString(
          take.resolve(".page.json"),
          "{\"onPaper\":\"#803010\",\"onNight\":\"#E08040\",\"colour\":\"red\",\"starred\":false}");
      Files.createLink(take.resolve("scroll-small.png"), pictures.resolve(i % PICTURES + ".png"));
    }
  }

  private static String track(String name) {
    return """
    {"take": "%s", "state": "complete", "source": {"id": "%s", "name": "%s.wav"},
     "interpretation": {"diffusion": {"model": "sketch", "prompt": "autumn fire, rust and persimmon",
       "strength": 0.6, "seed": 7}},
     "track": {"sampleRateHz": 48000, "endSample": 480000}, "readings": {"chirp": {}, "rgb-mean": {}},
     "failures": []}
    """
        .formatted(name, name, name);
  }

  private static HttpServer serve(GalleryPage page) {
    HttpServer server =
        HttpServer.start(
            Settings.load(List.of("--http.port=0"), Map.of(), List.of())
                .getConfigMapping(HttpConfig.class),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    server.routes(routes -> page.addTo(routes, server::isPrivate));
    server.routes(
        routes -> routes.get("/recipe", asked -> asked.json(Map.of("reading", List.of("chirp")))));
    return server;
  }
}
