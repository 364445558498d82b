package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.javalin.config.RoutesConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page's room for streams in a real browser: what is set there arrives. */
@Timeout(180)
class ITLiveRoom {
  private static final Map<String, Object> RECIPE =
      Map.of(
          "prompt",
          "rain",
          "strength",
          0.6,
          "guidance",
          2,
          "steps",
          9,
          "reading",
          List.of("voices"));

  @TempDir Path folder;
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  /** As ingest-service answers. */
  private void ingest(RoutesConfig routes) {
    Map<String, Object> stream = Map.of("name", "foyer", "delaySeconds", 10.8, "recipe", RECIPE);
    routes.get("/recipe", request -> request.json(RECIPE));
    routes.get("/takes", request -> request.json(List.of()));
    routes.get("/streams/{name}", request -> request.json(stream));
    routes.patch(
        "/streams/{name}",
        request -> {
          asked.add(request.body());
          request.json(stream);
        });
  }

  private static Page.LocatorOptions holding(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  @Test
  void changesAStreamWhileItRuns() throws Exception {
    try (StreamServer server = new StreamServer(folder, this::ingest);
        Visitor visitor = new Visitor()) {
      Page page = visitor.page();
      page.navigate(server.url() + "/#live");
      visitor.awaitText(".stream > p", "is heard");
      page.waitForSelector(".stream form");
      visitor.findsNothingSerious("live");
      visitor.shoot("live");
      page.locator("#foyer-prompt").fill("snow");
      page.locator(".stream form button").click();
      assertThat(asked.poll(60, TimeUnit.SECONDS))
          .isEqualTo("{\"prompt\":\"snow\",\"strength\":0.6,\"guidance\":2}");
      visitor.awaitText(".stream .said", "From the next chunk on; heard 17 s from now");
      page.locator(".stream fieldset label", holding("bells")).click();
      page.locator(".stream form button").click();
      assertThat(asked.poll(60, TimeUnit.SECONDS)).contains("\"reading\":[");
      page.locator("#foyer-seed").fill("77");
      page.locator(".stream form button").click();
      assertThat(asked.poll(60, TimeUnit.SECONDS)).contains("\"seed\":\"77\"");
      page.locator(".stream button", holding("Silence")).click();
      visitor.awaitText(".stream > p", "Silence, because somebody wants it");
      assertThat(server.streams().find("foyer").orElseThrow().player().isPanic()).isTrue();
      page.locator("#foyer-volume").fill("0.5");
      page.waitForFunction(
          "async () => (await (await fetch('/streams')).json())[0].volume === 0.5");
      assertThat(visitor.errors()).isEmpty();
    }
  }
}
