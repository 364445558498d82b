package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
  private static final SlowClients.Bounds BOUNDS =
      new SlowClients.Bounds(4, Duration.ofMillis(400), Duration.ofMillis(1500));
  private static final String HEAD = "GET /%s HTTP/1.1\r\nHost: h\r\n\r\n";

  private final Server server = new Server();
  private ServerConnector connector;

  @BeforeEach
  void start() throws Exception {
    connector = SlowClients.connector(server, new HttpConfiguration(), BOUNDS);
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback done)
              throws Exception {
            Content.Source.asString(request); // the body, to its end
            Content.Sink.write(response, true, "read", done);
            return true;
          }
        });
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private Socket open() throws IOException {
    Socket socket = new Socket("127.0.0.1", connector.getLocalPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends a letter every 50 ms, for so many; the number of those that were taken. */
  private static int drip(Socket socket, int letters) throws Exception {
    for (int i = 0; i < letters; i++) {
      try {
        send(socket, "x");
      } catch (SocketException e) {
        return i;
      }
      Thread.sleep(50);
    }
    return letters;
  }

  @Test
  void aHeadThatComesByTheLetterIsNotWaitedForLong() throws Exception {
    try (Socket slow = open();
        Socket quick = open()) {
      send(slow, "GET /");
      assertThat(drip(slow, 100)).isLessThan(40);
      assertThat(answered(quick)).contains("200 OK");
    }
  }

  @Test
  void neitherIsTheHeadOfALaterRequest() throws Exception {
    try (Socket slow = open()) {
      assertThat(answered(slow)).contains("200 OK");
      send(slow, "GET /");
      assertThat(drip(slow, 100)).isLessThan(40);
    }
  }

  @Test
  void aBodyMayTakeItsTimeButNotStop() throws Exception {
    try (Socket slow = open();
        Socket still = open()) {
      String head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 40\r\n\r\n";
      send(slow, head);
      send(still, head);
      assertThat(drip(slow, 40)).isEqualTo(40);
      assertThat(read(slow)).contains("200 OK");
      assertThat(read(still)).doesNotContain("200 OK");
    }
  }

  @Test
  void whoComesBeyondTheLimitWaitsUntilAnotherGoes() throws Exception {
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      idle.add(open());
    }
    try (Socket late = open()) {
      assertThat(answered(late)).contains("200 OK");
    }
    for (Socket socket : idle) {
      assertThat(socket.getInputStream().read()).as("closed for its pause").isNegative();
      socket.close();
    }
  }

  private static String answered(Socket socket) throws IOException {
    send(socket, HEAD.formatted(""));
    return read(socket);
  }

  private static String read(Socket socket) throws IOException {
    byte[] bytes = new byte[8192];
    int n;
    try {
      n = socket.getInputStream().read(bytes);
    } catch (SocketException e) {
      n = -1;
    }
    return n < 0 ? "" : new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
  }
}
