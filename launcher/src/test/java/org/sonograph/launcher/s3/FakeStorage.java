package org.sonograph.launcher.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * As much of S3 as Sonograph asks for, in memory: paged lists, heads, ranges under If-Match, puts
 * under Content-MD5, uploads in parts. Signatures are not looked at, and one bucket is any.
 */
final class FakeStorage implements AutoCloseable {
  private static final int PAGE = 3;

  final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  volatile boolean isForgetful;
  private final Map<Integer, byte[]> parts = new ConcurrentSkipListMap<>();
  private final HttpServer server;

  FakeStorage() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  long count(String method) {
    return requests.stream().filter(r -> r.startsWith(method + " ")).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      int slash = path.indexOf('/', 1);
      String key = slash < 0 ? "" : path.substring(slash + 1);
      requests.add(exchange.getRequestMethod() + " " + key);
      switch (exchange.getRequestMethod()) {
        case "PUT" -> put(exchange, key);
        case "POST" -> post(exchange, key);
        case "DELETE" -> {
          parts.clear();
          exchange.sendResponseHeaders(204, -1);
        }
        case "GET" -> {
          if (key.isEmpty()) {
            list(exchange);
          } else {
            get(exchange, key);
          }
        }
        default -> head(exchange, key);
      }
    }
  }

  private void put(HttpExchange exchange, String key) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (body.length != Integer.parseInt(length)) {
      return; // cut: a whole object or none
    }
    String md5 = Base64.getEncoder().encodeToString(md5(body));
    if (!md5.equals(exchange.getRequestHeaders().getFirst("Content-MD5"))) {
      error(exchange, 400, "BadDigest");
      return;
    }
    if (isForgetful) {
      body = Arrays.copyOf(body, Math.max(0, body.length - 1));
    }
    String number = query(exchange.getRequestURI()).get("partNumber");
    if (number == null) {
      objects.put(key, body);
    } else {
      parts.put(Integer.parseInt(number), body);
    }
    exchange.getResponseHeaders().set("ETag", etag(body));
    exchange.sendResponseHeaders(200, -1);
  }

  /** Begins an upload in parts, of which there is one at a time, or ends it. */
  private void post(HttpExchange exchange, String key) throws IOException {
    if (query(exchange.getRequestURI()).containsKey("uploads")) {
      parts.clear();
      send(
          exchange,
          200,
          "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>");
      return;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    for (byte[] part : parts.values()) {
      whole.writeBytes(part);
      hashes.writeBytes(md5(part));
    }
    objects.put(key, whole.toByteArray());
    String tag = etag(hashes.toByteArray()).replaceAll("\"$", "-" + parts.size() + "\"");
    send(
        exchange,
        200,
        "<CompleteMultipartUploadResult><ETag>%s</ETag></CompleteMultipartUploadResult>"
            .formatted(tag));
  }

  private void head(HttpExchange exchange, String key) throws IOException {
    byte[] body = objects.get(key);
    if (body == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    describe(exchange, body);
    exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    exchange.sendResponseHeaders(200, -1);
  }

  private static void describe(HttpExchange exchange, byte[] body) {
    exchange.getResponseHeaders().set("ETag", etag(body));
    exchange.getResponseHeaders().set("Last-Modified", "Wed, 01 Jan 2025 00:00:00 GMT");
  }

  private void get(HttpExchange exchange, String key) throws IOException {
    byte[] body = objects.get(key);
    if (body == null) {
      error(exchange, 404, "NoSuchKey");
      return;
    }
    String match = exchange.getRequestHeaders().getFirst("If-Match");
    if (match != null && !match.equals(etag(body))) {
      error(exchange, 412, "PreconditionFailed");
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
    byte[] part = Arrays.copyOfRange(body, from, body.length);
    describe(exchange, body);
    exchange.sendResponseHeaders(range == null ? 200 : 206, part.length == 0 ? -1 : part.length);
    if (part.length > 0) {
      exchange.getResponseBody().write(part);
    }
  }

  private void list(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI());
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("continuation-token", "");
    List<String> keys = new ArrayList<>();
    objects.keySet().stream()
        .filter(k -> k.startsWith(prefix) && k.compareTo(after) > 0)
        .forEach(keys::add);
    boolean isCut = keys.size() > PAGE;
    StringBuilder xml = new StringBuilder("<ListBucketResult>");
    xml.append("<IsTruncated>").append(isCut).append("</IsTruncated>");
    if (isCut) {
      keys = keys.subList(0, PAGE);
      xml.append("<NextContinuationToken>")
          .append(keys.getLast())
          .append("</NextContinuationToken>");
    }
    for (String key : keys) {
      byte[] body = objects.get(key);
      xml.append(
          "<Contents><Key>%s</Key><LastModified>2025-01-01T00:00:00.123Z</LastModified><ETag>%s</ETag><Size>%d</Size></Contents>"
              .formatted(key, etag(body), body.length));
    }
    send(exchange, 200, xml.append("</ListBucketResult>").toString());
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String part : raw.split("&")) {
      String[] pair = part.split("=", 2);
      query.put(pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    send(exchange, status, "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code));
  }

  private static void send(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static byte[] md5(byte[] body) {
    return FileDigests.digest("MD5").digest(body);
  }

  private static String etag(byte[] body) {
    return "\"" + HexFormat.of().formatHex(md5(body)) + "\"";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
