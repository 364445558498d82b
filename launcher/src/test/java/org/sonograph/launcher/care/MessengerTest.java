package org.sonograph.launcher.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MessengerTest {
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger answer = new AtomicInteger(200);
  private HttpServer server;
  private Messenger messenger;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/foyer",
        exchange -> {
          String text =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          if (answer.get() == 200) {
            taken.add(exchange.getRequestHeaders().getFirst("Title") + ": " + text);
          }
          exchange.sendResponseHeaders(answer.get(), -1);
          exchange.close();
        });
    server.start();
    messenger =
        new Messenger(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/foyer"),
            "Sonograph");
  }

  @AfterEach
  void close() {
    messenger.close();
    server.stop(0);
  }

  @Test
  void postsTextWithATitle() throws Exception {
    messenger.add(new Happenings.Message("sound", "sound is lost"), 0);
    messenger.send(0);
    assertThat(taken).containsExactly("Sonograph: sound is lost");
  }

  @Test
  void sendsOneOfAThingInFiveMinutesAndTwentyInAnHour() throws Exception {
    for (int i = 0; i < 3; i++) {
      messenger.add(new Happenings.Message("sound", "lost " + i), i * 200_000L);
      messenger.send(i * 200_000L);
    }
    assertThat(taken).containsExactly("Sonograph: lost 0", "Sonograph: lost 2");
    for (int i = 0; i < 30; i++) {
      messenger.add(new Happenings.Message("thing " + i, "it"), 500_000);
    }
    messenger.send(500_000);
    assertThat(taken).hasSize(20);
    messenger.send(2 * 3_600_000 + 500_000);
    assertThat(taken).hasSize(32);
  }

  @Test
  void sendsAgainWhatWasNotTaken() throws Exception {
    answer.set(503);
    messenger.add(new Happenings.Message("sound", "sound is lost"), 0);
    messenger.send(0);
    assertThat(taken).isEmpty();
    answer.set(200);
    messenger.send(5000);
    assertThat(taken).hasSize(1);
  }
}
