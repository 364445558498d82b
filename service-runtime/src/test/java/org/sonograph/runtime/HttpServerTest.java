package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.runtime.settings.SettingsException;

class HttpServerTest {
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpServer server = HttpServer.start(config(0), meters);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isReadyWhenEveryServiceIs() throws Exception {
    server.health("a", HealthReport::ready);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    server.health("b", () -> HealthReport.notReady("registry is away"));
    HttpResponse<String> ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("\"b\":{", "registry is away", "\"a\":{", "READY");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    server.health("b", () -> HealthReport.dead("disk is broken"));
    assertThat(get("/health/live").statusCode()).isEqualTo(503);
  }

  @Test
  void isAliveButNotReadyBeforeTheFirstServiceHasSpoken() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void givesMetricsAsPrometheusText() throws Exception {
    meters.counter("sonograph.test").increment();
    HttpResponse<String> metrics = get("/metrics");
    assertThat(metrics.body()).contains("sonograph_test_total 1.0");
    assertThat(metrics.headers().firstValue("content-type").orElseThrow()).contains("text/plain");
  }

  @Test
  void takesRoutesWhileItRuns() throws Exception {
    assertThat(get("/takes").statusCode()).isEqualTo(404);
    server.routes(r -> r.get("/takes", ctx -> ctx.result("none")));
    assertThat(get("/takes").body()).isEqualTo("none");
  }

  @Test
  void namesTheSettingWhenThePortIsTaken() {
    assertThatThrownBy(() -> HttpServer.start(config(server.port()), meters))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("set sonograph.http.port");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpConfig config(int port) {
    return Settings.load(List.of("--http.port=" + port), Map.of(), List.of())
        .getConfigMapping(HttpConfig.class);
  }
}
