package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.Settings;

class HttpGuardTest {
  private HttpServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  private void serve(String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--http.port=0");
    server =
        HttpServer.start(
            Settings.load(all, Map.of(), List.of()).getConfigMapping(HttpConfig.class),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    server.routes(
        r -> {
          r.get("/a", ctx -> ctx.result("a"));
          r.post("/a", ctx -> ctx.result("taken"));
        });
  }

  /** Sends what a browser would never let a script set. */
  private String ask(String method, String path, String... headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request =
          "%s %s HTTP/1.1\r\n%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
              .formatted(method, path, String.join("\r\n", headers));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String host() {
    return "Host: localhost:" + server.port();
  }

  @Test
  void answersToTheMachinesOwnNamesAlone() throws Exception {
    serve();
    assertThat(ask("GET", "/a", host())).startsWith("HTTP/1.1 200").contains("nosniff");
    assertThat(ask("GET", "/a", "Host: 127.0.0.1:" + server.port())).startsWith("HTTP/1.1 200");
    for (String name : List.of("evil.example", "localhost", "localhost:1", "localhost.evil:80")) {
      assertThat(ask("GET", "/a", "Host: " + name)).as(name).startsWith("HTTP/1.1 421");
    }
    assertThat(ask("GET", "/health/live", "Host: scraper:9090")).startsWith("HTTP/1.1 200");
  }

  @Test
  void answersToFurtherNamesThatAreSet() throws Exception {
    serve("--http.hosts=studio.example:443, lab:8090");
    assertThat(ask("GET", "/a", "Host: lab:8090")).startsWith("HTTP/1.1 200");
    assertThat(ask("GET", "/a", "Host: studio.example")).startsWith("HTTP/1.1 421");
  }

  @Test
  void refusesPagesOfOtherSites() throws Exception {
    serve();
    String own = "Origin: http://localhost:" + server.port();
    assertThat(ask("POST", "/a", host(), own)).startsWith("HTTP/1.1 200");
    for (String origin : List.of("http://evil.example", "null", "http://localhost:1", "%")) {
      assertThat(ask("POST", "/a", host(), "Origin: " + origin))
          .as(origin)
          .startsWith("HTTP/1.1 403")
          .doesNotContain("Access-Control");
    }
  }

  @Test
  void asksForTheTokenWhereOneIsSet() throws Exception {
    serve("--http.token=tin-roof");
    assertThat(server.isPrivate()).isTrue();
    assertThat(ask("GET", "/a", host())).startsWith("HTTP/1.1 401");
    assertThat(ask("GET", "/a?token=other", host())).startsWith("HTTP/1.1 401");
    assertThat(ask("POST", "/a?token=tin-roof", host())).startsWith("HTTP/1.1 401");
    assertThat(ask("GET", "/a?token=tin-roof", host()))
        .startsWith("HTTP/1.1 303")
        .contains("Location: /a\r\n", "HttpOnly; SameSite=Strict");
    assertThat(ask("GET", "/a?mute&token=tin-roof&lag=40", host()))
        .contains("Location: /a?mute&lag=40\r\n");
    assertThat(ask("GET", "/a", host(), "Cookie: sonograph-token=tin-roof"))
        .startsWith("HTTP/1.1 200");
    assertThat(ask("GET", "/a", host(), "Authorization: Bearer tin-roof"))
        .startsWith("HTTP/1.1 200");
    assertThat(ask("GET", "/metrics", host())).startsWith("HTTP/1.1 200");
  }

  @Test
  void isNotPrivateOnTheNetworkWithoutAToken() throws Exception {
    serve("--http.host=0.0.0.0");
    assertThat(server.isPrivate()).isFalse();
    assertThat(ask("GET", "/a", "Host: gallery:8090")).startsWith("HTTP/1.1 200");
  }
}
