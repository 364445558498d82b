package org.sonograph.gallery.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.live.LiveMemory;
import org.sonograph.gallery.live.LiveRoutes;
import org.sonograph.gallery.live.LiveStreams;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;

class OpenApiTest {
  @TempDir Path out;

  @Test
  void describesExactlyTheRoutesThereAre() throws Exception {
    GalleryPage.Settings settings =
        new GalleryPage.Settings(
            out, Optional.of(URI.create("http://127.0.0.1:1")), Optional.empty(), 0, List::of);
    try (GalleryPage page =
        new GalleryPage(
            settings, take -> CompletableFuture.completedFuture(Remover.Removal.UNKNOWN))) {
      Javalin server =
          Javalin.create(
              c -> {
                c.startup.showJavalinBanner = false;
                page.addTo(c.routes, () -> true);
                live().addTo(c.routes);
              });
      Set<String> routes = new TreeSet<>();
      server.unsafe.internalRouter.allHttpHandlers().stream()
          .map(parsed -> parsed.endpoint)
          .filter(e -> e.method != HandlerType.BEFORE)
          .forEach(e -> routes.add(e.method.name() + " " + e.path.replaceAll("<(\\w+)>", "{$1}")));
      assertThat(documented()).isEqualTo(routes);
    }
  }

  private LiveRoutes live() {
    LiveMemory memory =
        new LiveMemory(out, new ChunkFlac(FFmpegSettings.defaults()), Duration.ZERO);
    LiveStreams none =
        new LiveStreams(
            format -> {
              throw new IOException("nothing is encoded here");
            },
            Duration.ofHours(1),
            (name, encoders) -> memory.open(name, encoders, ms -> {}));
    return new LiveRoutes(none, memory, () -> true, false);
  }

  private static Set<String> documented() throws Exception {
    Set<String> all = new TreeSet<>();
    try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi.json")) {
      JsonNode root = Json.MAPPER.readTree(in);
      assertThat(root.get("openapi").asText()).startsWith("3.1");
      root.get("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .fieldNames()
                      .forEachRemaining(
                          method -> all.add(method.toUpperCase() + " " + path.getKey())));
      assertThat(root.toString()).doesNotContain("\"$ref\":\"#/components/schemas/null");
    }
    return all;
  }
}
