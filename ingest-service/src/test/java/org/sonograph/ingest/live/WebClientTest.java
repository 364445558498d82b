package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over a socket on loopback, which answers as it is told to. */
@Timeout(20)
class WebClientTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<byte[]> answers = new CopyOnWriteArrayList<>();
  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void serve() {
    for (int i = 0; !server.isClosed(); i++) {
      try (Socket socket = server.accept()) {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
          request.append((char) socket.getInputStream().read());
        }
        asked.add(request.toString());
        socket.getOutputStream().write(answers.get(Math.min(i, answers.size() - 1)));
      } catch (IOException e) {
        return;
      }
    }
  }

  private URI address(String path) {
    return URI.create("http://radio.example:" + server.getLocalPort() + path);
  }

  /** Every name is this machine, which is allowed under one name alone. */
  private WebClient client() {
    return new WebClient(
        new PublicAddresses(
            false,
            Set.of("radio.example"),
            host -> new InetAddress[] {InetAddress.getLoopbackAddress()}),
        Duration.ofSeconds(5));
  }

  private void answer(String text) {
    answers.add(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void understandsShoutcast() throws IOException {
    answer("ICY 200 OK\r\nicy-name: Radio\r\nicy-metaint:4\r\n\r\nabcd");
    try (WebAnswer answer = client().get(address("/live?x=1"), Map.of("Icy-MetaData", "1"))) {
      assertThat(answer.header("icy-name")).contains("Radio");
      assertThat(answer.body().readNBytes(4)).asString().isEqualTo("abcd");
    }
    assertThat(asked.getFirst())
        .startsWith("GET /live?x=1 HTTP/1.0\r\n")
        .contains("Host: radio.example:" + server.getLocalPort() + "\r\n")
        .contains("Icy-MetaData: 1\r\n");
  }

  @Test
  void takesTheLengthsOutOfAChunkedBody() throws IOException {
    answer(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
    try (WebAnswer answer = client().get(address("/"), Map.of())) {
      assertThat(answer.body().readAllBytes()).asString().isEqualTo("abcde");
    }
  }

  @Test
  void aRedirectIsCheckedLikeAnAddress() {
    answer("HTTP/1.1 302 Found\r\nLocation: http://inside.example/\r\n\r\n");
    assertThatThrownBy(() -> client().get(address("/"), Map.of()))
        .isInstanceOf(PublicAddresses.RefusedAddressException.class)
        .hasMessageContaining("inside.example");
    assertThat(asked).hasSize(1);
  }

  @Test
  void followsARedirectAndGivesUpGoingRound() throws IOException {
    answer("HTTP/1.1 302 Found\r\nLocation: /other\r\n\r\n");
    answer("HTTP/1.1 200 OK\r\n\r\nhere");
    try (WebAnswer answer = client().get(address("/"), Map.of())) {
      assertThat(answer.from().getPath()).isEqualTo("/other");
    }
    answers.set(1, answers.getFirst());
    assertThatThrownBy(() -> client().get(address("/"), Map.of()))
        .hasMessageContaining("redirects more than");
  }

  @Test
  void saysWhatWasAnswered() {
    answer("HTTP/1.0 404 Not Found\r\n\r\n");
    assertThatThrownBy(() -> client().get(address("/"), Map.of()))
        .hasMessage("answered 404, expected 200");
    assertThatThrownBy(() -> client().get(URI.create("file:///etc/passwd"), Map.of()))
        .isInstanceOf(PublicAddresses.RefusedAddressException.class);
  }

  @Test
  void titlesAreTakenOutOfTheSound() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<String> titles = new ArrayList<>();
    body.write("abcd".getBytes(StandardCharsets.US_ASCII));
    body.write(0);
    body.write("efgh".getBytes(StandardCharsets.US_ASCII));
    byte[] title = "StreamTitle='L\u00e4nger - It's';".getBytes(StandardCharsets.UTF_8);
    body.write(Math.ceilDiv(title.length, 16));
    body.write(java.util.Arrays.copyOf(title, Math.ceilDiv(title.length, 16) * 16));
    body.write("ij".getBytes(StandardCharsets.US_ASCII));
    IcyBody sound = new IcyBody(new ByteArrayInputStream(body.toByteArray()), 4, titles::add);
    assertThat(sound.readAllBytes()).asString().isEqualTo("abcdefghij");
    assertThat(titles).containsExactly("L\u00e4nger - It's");
  }
}
