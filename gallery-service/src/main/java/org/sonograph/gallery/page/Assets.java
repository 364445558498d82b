package org.sonograph.gallery.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The page's own files, all from the program itself. */
final class Assets {
  private static final Pattern PLAIN = Pattern.compile("(fonts/)?[a-z0-9][a-z0-9-]*\\.[a-z0-9]+");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "woff", "font/woff",
          "svg", "image/svg+xml",
          "flac", "audio/flac");
  private static final int NOT_FOUND = 404;
  private static final int NOT_MODIFIED = 304;
  private static final int TAG_BYTES = 8;

  private final Map<String, Asset> known = new ConcurrentHashMap<>();

  private record Asset(byte[] bytes, String tag) {}

  void addTo(RoutesConfig routes) {
    routes.get("/", request -> send(request, "index.html"));
    routes.get("/wall", request -> send(request, "wall.html"));
    routes.get("/wall/{name}", request -> send(request, "wall.html"));
    routes.get("/openapi.json", request -> send(request, "openapi.json"));
    routes.get("/assets/<file>", request -> send(request, request.pathParam("file")));
  }

  private void send(Context request, String name) {
    Optional<Asset> asset =
        PLAIN.matcher(name).matches() ? Optional.ofNullable(asset(name)) : Optional.empty();
    if (asset.isEmpty()) {
      Asked.refuse(request, NOT_FOUND, "the page has no such file");
      return;
    }
    request.header("ETag", asset.get().tag).header("Cache-Control", "no-cache");
    if (asset.get().tag.equals(request.header("If-None-Match"))) {
      request.status(NOT_MODIFIED);
      return;
    }
    String ending = name.substring(name.lastIndexOf('.') + 1);
    request.contentType(TYPES.getOrDefault(ending, "application/octet-stream"));
    request.result(asset.get().bytes);
  }

  private Asset asset(String name) {
    return known.computeIfAbsent(name, Assets::load);
  }

  private static Asset load(String name) {
    String path = "/org/sonograph/gallery/" + (name.startsWith("fonts/") ? "" : "page/") + name;
    try (InputStream in = Assets.class.getResourceAsStream(path)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Asset(bytes, "\"" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
