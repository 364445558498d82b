package org.sonograph.launcher.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Asks a running instance for its live streams. */
public final class SoundReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String gallery;
  private final Optional<String> token;

  /**
   * A reader.
   *
   * @param gallery address of the gallery, without a path
   * @param token word it demands, if any
   */
  public SoundReader(String gallery, Optional<String> token) {
    this.gallery = gallery;
    this.token = token;
  }

  /** What {@code GET /streams} answers; an empty list where that is no answer. */
  public JsonNode streams() throws IOException, InterruptedException {
    return get("/streams");
  }

  /** What {@code GET /sources} answers; an empty list where that is no answer. */
  public JsonNode sources() throws IOException, InterruptedException {
    return get("/sources");
  }

  /** How each stream is heard; none where there never was one. */
  public List<SoundVerdict> verdicts(ZoneId zone) throws IOException, InterruptedException {
    return SoundVerdict.of(streams(), sources(), Instant.now(), zone);
  }

  /** Whether it answers, and no part of it is dead. */
  boolean isAlive() throws IOException, InterruptedException {
    return ask("/health/live").statusCode() == OK;
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gallery + path)).timeout(PATIENCE);
    token.ifPresent(word -> request.header("Authorization", "Bearer " + word));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(path);
    JsonNode read = answer.statusCode() == OK ? JSON.readTree(answer.body()) : JSON.nullNode();
    return read.isArray() ? read : JSON.createArrayNode();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
