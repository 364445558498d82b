package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.page.GalleryPage;
import org.sonograph.gallery.page.Remover;
import org.sonograph.runtime.HttpServer;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.Settings;

/** A gallery that has grown for years. */
class ITTenThousandTakes {
  private static final int TAKES = 10_000;
  private static final long A_SECOND_NS = 1_000_000_000;
  private static final long ROOM_BYTES = 64L << 20;

  @TempDir Path folder;

  @Test
  void areListedSearchedAndWalkedThroughInFlatMemory() throws Exception {
    Path first = made();
    multiply(first);
    GalleryPage.Settings settings =
        new GalleryPage.Settings(folder, Optional.empty(), Optional.empty(), 0, List::of);
    try (GalleryPage page =
            new GalleryPage(
                settings, take -> CompletableFuture.completedFuture(Remover.Removal.UNKNOWN));
        HttpServer server = serve(page);
        HttpClient client = HttpClient.newHttpClient()) {
      Asker asker = new Asker(client, server.url());
      while (asker.json("/gallery/takes?limit=1").get("reading").asBoolean()) {
        Thread.onSpinWait();
      }
      long begun = System.nanoTime();
      asker.bytes("/");
      JsonNode list = asker.json("/gallery/takes?limit=100");
      assertThat(System.nanoTime() - begun).isLessThan(A_SECOND_NS);
      assertThat(list.get("total").asInt()).isEqualTo(TAKES);
      begun = System.nanoTime();
      assertThat(asker.json("/gallery/takes?q=rain-09999").get("total").asInt()).isEqualTo(1);
      assertThat(System.nanoTime() - begun).isLessThan(A_SECOND_NS);
      walk(asker, 0);
      long before = used();
      walk(asker, 3000);
      assertThat(used() - before).isLessThan(ROOM_BYTES);
    }
  }

  private static void walk(Asker asker, int from) throws Exception {
    for (int offset = from; offset < from + 3000; offset += 100) {
      JsonNode page = asker.json("/gallery/takes?limit=100&offset=" + offset);
      for (int i = 0; i < 100; i += 10) {
        String take = page.get("takes").get(i).get("take").asText();
        assertThat(asker.bytes("/gallery/takes/" + take + "/thumbnail")).isNotEmpty();
      }
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private Path made() throws Exception {
    try (Desk desk = new Desk(folder)) {
      desk.putAll(Records.of("t00000", "rain-00000.wav", 2).all());
      desk.settle();
    }
    Path made = folder.resolve("rain-00000");
    Files.writeString(
        made.resolve(".page.json"),
        "{\"onPaper\":\"#803010\",\"onNight\":\"#E08040\",\"colour\":\"red\",\"starred\":false}");
    return made;
  }

  private void multiply(Path first) throws IOException {
    String track = Files.readString(first.resolve("track.json"));
    for (int i = 1; i < TAKES; i++) {
      String number = "%05d".formatted(i);
      Path next = Files.createDirectory(folder.resolve("rain-" + number));
      Files.writeString(
          next.resolve("track.json"),
          track.replace("t00000", "t" + number).replace("rain-00000", "rain-" + number));
      for (String file : List.of("scroll-small.png", ".page.json")) {
        Files.createLink(next.resolve(file), first.resolve(file));
      }
    }
  }

  private static HttpServer serve(GalleryPage page) {
    HttpServer server =
        HttpServer.start(
            Settings.load(List.of("--http.port=0"), Map.of(), List.of())
                .getConfigMapping(HttpConfig.class),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    server.routes(routes -> page.addTo(routes, server::isPrivate));
    return server;
  }

  private record Asker(HttpClient client, URI server) {
    byte[] bytes(String path) throws IOException, InterruptedException {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(server + path)).build(), BodyHandlers.ofByteArray())
          .body();
    }

    JsonNode json(String path) throws IOException, InterruptedException {
      return new ObjectMapper().readTree(new String(bytes(path), StandardCharsets.UTF_8));
    }
  }
}
