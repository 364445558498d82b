package org.sonograph.diffusion.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the hub and its cache are, by the variables that Hugging Face's own tools go by.
 *
 * @param endpoint address of the hub ({@code HF_ENDPOINT})
 * @param cache folder of the cache ({@code HF_HUB_CACHE}, else {@code hub} below {@code HF_HOME})
 * @param token who asks ({@code HF_TOKEN}, else the file of a login)
 * @param isOffline whether nothing may be asked ({@code HF_HUB_OFFLINE})
 */
public record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean isOffline) {

  private static final List<String> YES = List.of("1", "on", "yes", "true");

  /** The settings of this process's user. */
  public static HubSettings ofProcess() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** The settings that some variables make. */
  static HubSettings of(Map<String, String> variables, Path home) {
    Path caches = path(variables, "XDG_CACHE_HOME").orElse(home.resolve(".cache"));
    Path hubHome = path(variables, "HF_HOME").orElse(caches.resolve("huggingface"));
    Path cache =
        path(variables, "HF_HUB_CACHE")
            .or(() -> path(variables, "HUGGINGFACE_HUB_CACHE"))
            .orElse(hubHome.resolve("hub"));
    Path login = path(variables, "HF_TOKEN_PATH").orElse(hubHome.resolve("token"));
    Optional<String> token = text(variables, "HF_TOKEN").or(() -> firstLine(login));
    boolean isOffline =
        YES.contains(text(variables, "HF_HUB_OFFLINE").orElse("").toLowerCase(Locale.ROOT));
    String endpoint = text(variables, "HF_ENDPOINT").orElse("https://huggingface.co");
    return new HubSettings(endpoint(endpoint), cache, token, isOffline);
  }

  private static URI endpoint(String text) {
    String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      URI endpoint = URI.create(bare);
      if (endpoint.getHost() != null && List.of("http", "https").contains(endpoint.getScheme())) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      throw wrongEndpoint(text, e);
    }
    throw wrongEndpoint(text, null);
  }

  private static IllegalArgumentException wrongEndpoint(String text, Exception cause) {
    return new IllegalArgumentException(
        "HF_ENDPOINT=" + text + ", expected an address such as https://huggingface.co", cause);
  }

  private static Optional<String> text(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private static Optional<Path> path(Map<String, String> variables, String name) {
    return text(variables, name).map(Path::of);
  }

  private static Optional<String> firstLine(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Files.readString(file).lines().map(String::strip).filter(s -> !s.isEmpty()).findFirst()
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
