package org.sonograph.diffusion.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Answers as Hugging Face's hub does, with a second server in the part of its store: large files
 * are redirected there, with their SHA-256 as {@code X-Linked-Etag}; ranges are honoured.
 */
final class LocalHub implements AutoCloseable {

  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final int LARGE_BYTES = 1000;

  /** What a client asked: method, path, range, and whether it said who it is. */
  record Asked(boolean store, String method, String path, String range, String authorization) {}

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final Map<String, byte[]> files = new TreeMap<>();

  /** Bytes after which the store hangs up, once for each entry. */
  final List<Integer> hangUpAfter = new CopyOnWriteArrayList<>();

  volatile boolean honoursRanges = true;
  volatile String damaged = "";
  volatile String token = "";
  volatile String errorCode = "";
  volatile long claimedSize = -1;

  private final HttpServer hub;
  private final HttpServer store;

  LocalHub() throws IOException {
    hub = start(this::answerHub);
    store = start(this::answerStore);
  }

  private static HttpServer start(com.sun.net.httpserver.HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", handler);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  URI endpoint() {
    return address(hub);
  }

  private static URI address(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void put(String name, byte[] content) {
    files.put(name, content);
  }

  private void note(boolean isStore, HttpExchange exchange) {
    asked.add(
        new Asked(
            isStore,
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Range")),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
  }

  private void answerHub(HttpExchange exchange) throws IOException {
    note(false, exchange);
    String path = exchange.getRequestURI().getPath();
    String told = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!token.isEmpty() && !told.equals("Bearer " + token)) {
      exchange.getResponseHeaders().set("X-Error-Code", errorCode);
      end(exchange, 401, new byte[0]);
    } else if (path.equals("/api/models/owner/name/revision/main")) {
      end(exchange, 200, repository().getBytes(StandardCharsets.UTF_8));
    } else if (path.startsWith("/owner/name/resolve/" + COMMIT + "/")) {
      resolve(exchange, path.substring(("/owner/name/resolve/" + COMMIT + "/").length()));
    } else {
      exchange.getResponseHeaders().set("X-Error-Code", "RepoNotFound");
      end(exchange, 404, new byte[0]);
    }
  }

  private String repository() {
    List<String> siblings = new ArrayList<>();
    files.keySet().forEach(name -> siblings.add("{\"rfilename\":\"" + name + "\"}"));
    return "{\"sha\":\"%s\",\"siblings\":[%s],\"cardData\":{\"license\":\"mit\"}}"
        .formatted(COMMIT, String.join(",", siblings));
  }

  private void resolve(HttpExchange exchange, String name) throws IOException {
    byte[] content = files.get(name);
    if (content == null) {
      end(exchange, 404, new byte[0]);
      return;
    }
    exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
    if (content.length < LARGE_BYTES) {
      exchange.getResponseHeaders().set("ETag", "\"" + gitSha1(content) + "\"");
      send(exchange, content, content.length);
      return;
    }
    long size = claimedSize < 0 ? content.length : claimedSize;
    exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + sha256(content) + "\"");
    exchange.getResponseHeaders().set("X-Linked-Size", Long.toString(size));
    exchange.getResponseHeaders().set("ETag", "\"something-else-0000\"");
    exchange.getResponseHeaders().set("Location", address(store) + "/" + name);
    end(exchange, 302, new byte[0]);
  }

  private void answerStore(HttpExchange exchange) throws IOException {
    note(true, exchange);
    String name = exchange.getRequestURI().getPath().substring(1);
    byte[] content = files.get(name).clone();
    if (name.equals(damaged)) {
      content[content.length / 2] ^= 1;
    }
    int most = hangUpAfter.isEmpty() ? content.length : hangUpAfter.removeFirst();
    send(exchange, content, most);
  }

  private void send(HttpExchange exchange, byte[] content, int most) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = 0;
    if (range != null && honoursRanges) {
      from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    byte[] part = Arrays.copyOfRange(content, from, Math.max(from, Math.min(most, content.length)));
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(part);
      out.flush();
    } catch (IOException e) {
      // fewer bytes than were promised: the connection is broken off, as it is meant to be
      exchange.close();
    }
  }

  private static void end(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean hasBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  static String sha256(byte[] content) {
    return hex("SHA-256", content);
  }

  static String gitSha1(byte[] content) {
    byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    return hex("SHA-1", all);
  }

  private static String hex(String name, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    hub.stop(0);
    store.stop(0);
  }
}
