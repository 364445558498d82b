package org.sonograph.launcher.care;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts messages to one address, as plain text with a title, which is what ntfy takes; not more
 * than one of a thing in five minutes and twenty in an hour, and again where it was not taken.
 */
final class Messenger implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Messenger.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long OF_A_THING_MS = 300_000;
  private static final long HOUR_MS = 3_600_000;
  private static final int OF_AN_HOUR = 20;
  private static final int MOST_WAITING = 50;
  private static final int FAILED = 300;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI address;
  private final String title;
  private final Map<String, Long> lastOf = new HashMap<>();
  private final Deque<Long> sent = new ArrayDeque<>();
  private final Deque<String> waiting = new ArrayDeque<>();
  private boolean wasTold;

  Messenger(URI address, String title) {
    this.address = address;
    this.title = title;
  }

  /** Puts a message in line, unless there was one about the same just now. */
  void add(Happenings.Message message, long nowMs) {
    Long last = lastOf.get(message.about());
    boolean isSoon = last != null && nowMs - last < OF_A_THING_MS;
    if (!isSoon && waiting.size() < MOST_WAITING) {
      lastOf.put(message.about(), nowMs);
      waiting.addLast(message.text());
    }
  }

  /** Sends what may be sent now; what is not taken stays in line. */
  void send(long nowMs) throws InterruptedException {
    while (!sent.isEmpty() && nowMs - sent.peekFirst() > HOUR_MS) {
      sent.removeFirst();
    }
    while (!waiting.isEmpty() && sent.size() < OF_AN_HOUR) {
      try {
        post(waiting.peekFirst());
        waiting.removeFirst();
        sent.addLast(nowMs);
        wasTold = false;
      } catch (IOException e) {
        if (!wasTold) {
          LOG.warn("a message is not taken by {}: {}; again", address.getHost(), e.toString());
          wasTold = true;
        }
        return;
      }
    }
  }

  private void post(String text) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "text/plain; charset=utf-8")
            .header("Title", title)
            .POST(HttpRequest.BodyPublishers.ofString(text))
            .build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status >= FAILED) {
      throw new IOException("it answered " + status + ", expected 200");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
