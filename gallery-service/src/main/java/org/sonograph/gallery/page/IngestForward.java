package org.sonograph.gallery.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.schemas.TraceContext;

/**
 * Passes sound and questions on to an ingest-service in another process, so that a browser speaks
 * to one origin. In one process with ingest-service its own routes answer at the same addresses.
 */
final class IngestForward implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IngestForward.class);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration UPLOAD = Duration.ofHours(1);
  private static final int BAD_GATEWAY = 502;

  private final URI ingest;
  private final Optional<String> token;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  IngestForward(URI ingest, Optional<String> token) {
    this.ingest = ingest;
    this.token = token;
  }

  void addTo(RoutesConfig routes) {
    routes.post(
        "/takes",
        request ->
            pass(request, "POST", BodyPublishers.ofInputStream(() -> request.bodyInputStream())));
    routes.patch(
        "/streams/{name}",
        request ->
            pass(request, "PATCH", BodyPublishers.ofInputStream(() -> request.bodyInputStream())));
    for (String path : new String[] {"/takes", "/takes/{take}", "/recipe", "/streams/{name}"}) {
      routes.get(path, request -> pass(request, "GET", BodyPublishers.noBody()));
    }
  }

  private void pass(Context request, String method, BodyPublisher body)
      throws InterruptedException {
    String query = Optional.ofNullable(request.queryString()).map(q -> "?" + q).orElse("");
    try {
      HttpRequest.Builder passed =
          HttpRequest.newBuilder(URI.create(ingest + request.path() + query))
              .timeout(UPLOAD)
              .method(method, body);
      token.ifPresent(word -> passed.header("Authorization", "Bearer " + word));
      Optional.ofNullable(request.contentType()).ifPresent(t -> passed.header("Content-Type", t));
      for (String trace : List.of(TraceContext.PARENT_HEADER, TraceContext.STATE_HEADER)) {
        Optional.ofNullable(request.header(trace)).ifPresent(t -> passed.header(trace, t));
      }
      HttpResponse<byte[]> answer =
          client.send(passed.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer.headers().firstValue("Retry-After").ifPresent(s -> request.header("Retry-After", s));
      request.status(answer.statusCode()).contentType("application/json").result(answer.body());
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("ingest-service at {} does not answer: {}", ingest, e.toString());
      Asked.refuse(request, BAD_GATEWAY, "the service that takes sound in does not answer");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
