package org.sonograph.ingest.live;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.sonograph.runtime.ProgramVersion;

/**
 * Asks for an endless body over HTTP. It connects to the very address that was checked, at every
 * redirect anew, and understands SHOUTcast's {@code ICY 200 OK}; both are why this is no client of
 * a library.
 */
final class WebClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int REDIRECTS = 5;
  private static final int HEADER_MAX_BYTES = 32 * 1024;
  private static final int OK = 200;
  private static final Set<Integer> ELSEWHERE = Set.of(301, 302, 303, 307, 308);
  private static final String PLAIN = "http";
  private static final String SECURE = "https";

  private final PublicAddresses addresses;
  private final Duration silence;

  /**
   * A client.
   *
   * @param silence how long a body may bring nothing
   */
  WebClient(PublicAddresses addresses, Duration silence) {
    this.addresses = addresses;
    this.silence = silence;
  }

  /** Asks, and follows redirects. */
  WebAnswer get(URI address, Map<String, String> headers) throws IOException {
    URI at = address;
    for (int i = 0; i <= REDIRECTS; i++) {
      WebAnswer answer = ask(at, headers);
      int status = Integer.parseInt(answer.header(":status").orElseThrow());
      if (status == OK) {
        return answer;
      }
      answer.close();
      if (!ELSEWHERE.contains(status) || answer.header("location").isEmpty()) {
        throw new IOException("answered %d, expected 200".formatted(status));
      }
      try {
        at = at.resolve(answer.header("location").get().strip());
      } catch (IllegalArgumentException e) {
        throw new IOException("points to no address", e);
      }
    }
    throw new IOException("redirects more than " + REDIRECTS + " times");
  }

  private WebAnswer ask(URI at, Map<String, String> headers) throws IOException {
    Socket socket = connect(at);
    try {
      socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
      socket.getOutputStream().write(request(at, headers).getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Map<String, String> answer = head(in);
      boolean isChunked =
          answer.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).contains("chunked");
      return new WebAnswer(at, answer, isChunked ? new ChunkedBody(in) : in, socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket connect(URI at) throws IOException {
    String scheme = String.valueOf(at.getScheme()).toLowerCase(Locale.ROOT);
    if (!Set.of(PLAIN, SECURE).contains(scheme) || at.getHost() == null) {
      throw new PublicAddresses.RefusedAddressException(
          "is refused: expected http://HOST/... or https://HOST/...");
    }
    boolean isSecure = scheme.equals(SECURE);
    int port = at.getPort() > 0 ? at.getPort() : isSecure ? 443 : 80;
    List<InetAddress> found = addresses.of(at.getHost());
    IOException last = new IOException("has no address");
    for (InetAddress address : found) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, port), (int) CONNECT.toMillis());
        return isSecure ? secure(socket, at.getHost(), port) : socket;
      } catch (IOException e) {
        socket.close();
        last = new IOException("does not answer: " + e.getMessage(), e);
      }
    }
    throw last;
  }

  private static Socket secure(Socket plain, String host, int port) throws IOException {
    plain.setSoTimeout((int) CONNECT.toMillis());
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static String request(URI at, Map<String, String> headers) {
    String path = at.getRawPath() == null || at.getRawPath().isEmpty() ? "/" : at.getRawPath();
    String query = at.getRawQuery() == null ? "" : "?" + at.getRawQuery();
    StringBuilder text = new StringBuilder();
    text.append("GET ").append(path).append(query).append(" HTTP/1.0\r\n");
    text.append("Host: ").append(at.getHost());
    text.append(at.getPort() > 0 ? ":" + at.getPort() : "").append("\r\n");
    text.append("User-Agent: ").append(ProgramVersion.text().replace(' ', '/')).append("\r\n");
    text.append("Accept: */*\r\nConnection: close\r\n");
    if (at.getUserInfo() != null) {
      byte[] user = at.getUserInfo().getBytes(StandardCharsets.UTF_8);
      text.append("Authorization: Basic ").append(Base64.getEncoder().encodeToString(user));
      text.append("\r\n");
    }
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString();
  }

  /** Status under {@code :status}, and the headers. */
  private static Map<String, String> head(InputStream in) throws IOException {
    String[] status = line(in).split(" ", 3);
    if (status.length < 2 || !status[1].matches("\\d{3}")) {
      throw new IOException("does not speak HTTP");
    }
    Map<String, String> headers = new HashMap<>(Map.of(":status", status[1]));
    int bytes = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      bytes += line.length();
      if (bytes > HEADER_MAX_BYTES) {
        throw new IOException("answers with too many headers");
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  /** A line without its end. */
  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("broke off in the middle of its answer");
      }
      line.append((char) b);
      if (line.length() > HEADER_MAX_BYTES) {
        throw new IOException("answers with a line that does not end");
      }
    }
    int end = line.length();
    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
  }
}
