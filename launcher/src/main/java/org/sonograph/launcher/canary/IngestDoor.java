package org.sonograph.launcher.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sonograph.schemas.ChunkHeaders;

/** Sends a sound through {@code POST /takes}. */
final class IngestDoor {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ACCEPTED = 202;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI takes;
  private final Optional<String> token;
  private final Map<String, String> options;

  /** Ingest's no, in its own words. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * The door of an ingest-service.
   *
   * @param token word it demands, if any
   * @param options of the recipe; what they do not say is as ingest has it
   */
  IngestDoor(URI ingest, Optional<String> token, Map<String, String> options) {
    this.takes = ingest.resolve("/takes");
    this.token = token;
    this.options = new TreeMap<>(options);
  }

  /**
   * Sends a WAV file as a take of its own.
   *
   * @param seed makes it another take than all before
   * @return id of the take
   * @throws IOException where there is no answer
   */
  String send(byte[] wav, long seed) throws IOException, RefusedException, InterruptedException {
    Map<String, String> all = new TreeMap<>(options);
    all.put("name", "canary.wav");
    all.put("format", ChunkHeaders.NOT_COLLECTED);
    all.put("seed", Long.toString(seed));
    String query =
        all.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(takes + "?" + query))
            .timeout(PATIENCE)
            .header("Content-Type", "audio/wav")
            .POST(HttpRequest.BodyPublishers.ofByteArray(wav));
    token.ifPresent(word -> request.header("Authorization", "Bearer " + word));
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != ACCEPTED) {
      throw new RefusedException(
          "%s answered %d, expected %d: %s"
              .formatted(takes, answer.statusCode(), ACCEPTED, answer.body().strip()));
    }
    JsonNode take = JSON.readTree(answer.body()).path("take");
    if (take.asText().isEmpty()) {
      throw new RefusedException(takes + " named no take: " + answer.body().strip());
    }
    return take.asText();
  }
}
