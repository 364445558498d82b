package org.sonograph.diffusion.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks a hub what a repository holds and where its files lie. */
final class HubClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_REDIRECTS = 5;
  private static final Pattern ETAG = Pattern.compile("[A-Za-z0-9_-]{8,128}");

  private final HubSettings settings;
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  HubClient(HubSettings settings) {
    this.settings = settings;
  }

  /**
   * A repository at one revision.
   *
   * @param commit what the revision stands for
   * @param files names of all files
   * @param licence its licence's short name, or ""
   */
  record Repository(String commit, List<String> files, String licence) {}

  /** Where a file lies, and what it is. */
  record Located(HubFiles.Remote file, URI address) {}

  Repository repository(HubName name) throws InterruptedException {
    URI address =
        at(
            "/api/models/%s/revision/%s"
                .formatted(name.repository(), name.revision().replace("/", "%2F")));
    HttpResponse<InputStream> answer = send("GET", address, Optional.empty());
    try (InputStream body = answer.body()) {
      requireOk(answer, name, "");
      JsonNode json = JSON.readTree(body);
      List<String> files = new ArrayList<>();
      json.path("siblings").forEach(file -> files.add(file.path("rfilename").asText()));
      String commit = json.path("sha").asText();
      if (!commit.matches("[0-9a-f]{40}")) {
        throw new HubException(
            HubException.Kind.DAMAGED,
            "%s answers without a commit for %s: is it a hub?"
                .formatted(settings.endpoint(), name));
      }
      return new Repository(commit, files, json.path("cardData").path("license").asText(""));
    } catch (IOException e) {
      throw unreachable(address, e);
    }
  }

  /** Asks about one file, without its content. */
  Located locate(HubName name, String commit, String file) throws InterruptedException {
    URI address = at("/%s/resolve/%s/%s".formatted(name.repository(), commit, file));
    for (int hop = 0; hop < MOST_REDIRECTS; hop++) {
      HttpResponse<InputStream> answer = send("HEAD", address, Optional.empty());
      close(answer);
      Optional<URI> elsewhere = answer.headers().firstValue("Location").map(address::resolve);
      boolean moved = answer.statusCode() / 100 == 3 && elsewhere.isPresent();
      Optional<String> etag = etag(answer);
      if (moved && etag.isEmpty() && isHub(elsewhere.get())) {
        // a repository that was renamed
        address = elsewhere.get();
        continue;
      }
      if (!moved) {
        requireOk(answer, name, file);
      }
      long size =
          answer
              .headers()
              .firstValueAsLong("X-Linked-Size")
              .orElse(moved ? -1 : answer.headers().firstValueAsLong("Content-Length").orElse(-1));
      HubFiles.Remote remote = new HubFiles.Remote(file, etag.orElse(""), size);
      return new Located(checked(remote, name), elsewhere.filter(e -> moved).orElse(address));
    }
    throw new HubException(
        HubException.Kind.UNREACHABLE,
        "%s: more than %d redirects".formatted(file, MOST_REDIRECTS));
  }

  private static HubFiles.Remote checked(HubFiles.Remote file, HubName name) {
    if (!ETAG.matcher(file.etag()).matches() || file.size() < 0) {
      throw new HubException(
          HubException.Kind.DAMAGED,
          "%s of %s: the hub gives no size and checksum".formatted(file.name(), name));
    }
    return file;
  }

  private static Optional<String> etag(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("X-Linked-Etag")
        .or(() -> answer.headers().firstValue("ETag"))
        .map(text -> text.replaceFirst("^W/", "").replace("\"", ""));
  }

  /** Opens a file's content from a byte on. */
  HttpResponse<InputStream> open(URI address, long from) throws InterruptedException {
    return send("GET", address, from > 0 ? Optional.of("bytes=" + from + "-") : Optional.empty());
  }

  private HttpResponse<InputStream> send(String method, URI address, Optional<String> range)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(PATIENCE)
            .header("User-Agent", "sonograph")
            .header("Accept-Encoding", "identity");
    range.ifPresent(bytes -> request.header("Range", bytes));
    // the token is for the hub alone, never for the store it sends us to
    settings
        .token()
        .filter(token -> isHub(address))
        .ifPresent(token -> request.header("Authorization", "Bearer " + token));
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw unreachable(address, e);
    }
  }

  private boolean isHub(URI address) {
    URI hub = settings.endpoint();
    return hub.getScheme().equals(address.getScheme())
        && hub.getHost().equalsIgnoreCase(address.getHost())
        && hub.getPort() == address.getPort();
  }

  private void requireOk(HttpResponse<?> answer, HubName name, String file) {
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return;
    }
    String code = answer.headers().firstValue("X-Error-Code").orElse("");
    boolean gated = code.equals("GatedRepo") || status == 403;
    String page = settings.endpoint() + "/" + name.repository();
    String who = settings.token().isPresent() ? "HF_TOKEN's owner" : "nobody (HF_TOKEN is not set)";
    throw switch (status) {
      case 401, 403 ->
          new HubException(
              HubException.Kind.FORBIDDEN,
              gated
                  ? "%s is gated: accept its licence at %s, then set HF_TOKEN; asked as %s"
                      .formatted(name, page, who)
                  : "%s is private or does not exist; asked as %s".formatted(name, who));
      case 404 ->
          new HubException(
              HubException.Kind.NOT_FOUND,
              file.isEmpty()
                  ? "%s: the hub knows no such repository or revision (%s)".formatted(name, page)
                  : "%s: the hub has no file %s".formatted(name, file));
      default ->
          new HubException(
              HubException.Kind.UNREACHABLE, "%s: the hub answers %d".formatted(name, status));
    };
  }

  private URI at(String path) {
    return URI.create(settings.endpoint() + path);
  }

  private static void close(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw unreachable(answer.uri(), e);
    }
  }

  static HubException unreachable(URI address, IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new HubException(
        HubException.Kind.UNREACHABLE,
        "%s does not answer: %s".formatted(address.getRawAuthority(), why),
        e);
  }

  @Override
  public void close() {
    http.close();
  }
}
