package org.sonograph.runtime;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.sonograph.runtime.settings.HttpConfig;

/**
 * Decides who may ask anything of the server, before any route is reached.
 *
 * <p>A browser says under which name it found the server (Host) and which page it acts for
 * (Origin). On loopback only the machine's own names pass, so that no name made to point here
 * reaches it; another site's page never passes. Where a token is set, every request brings it: once
 * in the address, which leaves it in a cookie that scripts cannot read, or as a bearer.
 */
final class HttpGuard {
  private static final Set<String> OPEN = Set.of("/health/live", "/health/ready", "/metrics");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String TOKEN = "token";
  private static final String COOKIE = "sonograph-token";
  private static final String BEARER = "Bearer ";
  private static final int SEE_OTHER = 303;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int MISDIRECTED = 421;

  private final String host;
  private final boolean isLocal;
  private final Set<String> further;
  private final Optional<String> token;
  private final IntSupplier port;

  /**
   * A guard.
   *
   * @param port port that the server listens on, known once it does
   */
  HttpGuard(HttpConfig config, IntSupplier port) {
    this.host = config.host();
    this.isLocal = isLoopback(host);
    this.further = names(config.hosts().orElse(""));
    this.token = config.token().filter(word -> !word.isBlank());
    this.port = port;
  }

  /** True where only this machine's users, or those who know the token, can ask. */
  boolean isPrivate() {
    return isLocal || token.isPresent();
  }

  /** Answers a request that may not pass, and lets every other one go on. */
  void check(Context request) {
    request.header("X-Content-Type-Options", "nosniff");
    if (OPEN.contains(request.path())) {
      return;
    }
    String named = Optional.ofNullable(request.header("Host")).orElse("").toLowerCase(Locale.ROOT);
    String origin = request.header("Origin");
    if (!isOurs(named)) {
      refuse(
          request,
          MISDIRECTED,
          "this server does not answer to the name %s; further names: sonograph.http.hosts"
              .formatted(shown(named)));
    } else if (origin != null && !isSame(origin, named)) {
      refuse(request, FORBIDDEN, "a page of another site may not ask anything here");
    } else if (token.isPresent() && !knowsToken(request)) {
      admit(request);
    }
  }

  private boolean isOurs(String named) {
    if (further.contains(named)) {
      return true;
    }
    int colon = named.lastIndexOf(':');
    boolean hasPort = colon > named.lastIndexOf(']');
    String name = hasPort ? named.substring(0, colon) : named;
    if (isLocal) {
      return LOOPBACK.contains(name) && named.equals(name + ":" + port.getAsInt())
          || named.equals(host.toLowerCase(Locale.ROOT) + ":" + port.getAsInt());
    }
    // Beyond loopback ports are mapped and names are many; whoever names some means only those.
    return further.isEmpty() || LOOPBACK.contains(name);
  }

  private static boolean isSame(String origin, String named) {
    try {
      URI uri = URI.create(origin);
      return uri.getAuthority() != null
          && named.equals(uri.getAuthority().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean knowsToken(Context request) {
    String bearer = Optional.ofNullable(request.header("Authorization")).orElse("");
    return bearer.startsWith(BEARER) && isToken(bearer.substring(BEARER.length()))
        || isToken(request.cookie(COOKIE));
  }

  /**
   * A browser that brings the token in the address gets it as a cookie, and the address without.
   */
  private void admit(Context request) {
    if (request.method().name().equals("GET") && isToken(request.queryParam(TOKEN))) {
      request.header(
          "Set-Cookie", COOKIE + "=" + token.orElseThrow() + "; Path=/; HttpOnly; SameSite=Strict");
      request.header("Location", request.path() + furtherQuery(request));
      request.status(SEE_OTHER).skipRemainingHandlers();
    } else {
      refuse(
          request,
          UNAUTHORIZED,
          "a token is needed: open the address once with ?token=..., as the server's keeper has it");
    }
  }

  /** What else the address asks for, without the token. */
  private static String furtherQuery(Context request) {
    String rest =
        Arrays.stream(Optional.ofNullable(request.queryString()).orElse("").split("&"))
            .filter(part -> !part.isEmpty() && !part.startsWith(TOKEN + "="))
            .collect(Collectors.joining("&"));
    return rest.isEmpty() ? "" : "?" + rest;
  }

  private boolean isToken(String word) {
    return word != null
        && MessageDigest.isEqual(
            word.getBytes(StandardCharsets.UTF_8),
            token.orElseThrow().getBytes(StandardCharsets.UTF_8));
  }

  private static void refuse(Context request, int status, String error) {
    request.status(status).json(Map.of("error", error)).skipRemainingHandlers();
  }

  private static String shown(String name) {
    return name.isEmpty() ? "(none)" : name.replaceAll("[^\\w.:\\[\\]-]", "?");
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Set<String> names(String list) {
    Set<String> names = new HashSet<>();
    for (String name : list.split(",")) {
      if (!name.isBlank()) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return Set.copyOf(names);
  }
}
