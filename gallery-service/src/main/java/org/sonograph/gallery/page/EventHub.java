package org.sonograph.gallery.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Passes news on to browsers as server-sent events. A client has room for a set number of events;
 * one that does not read them is dropped, reconnects by itself if it still lives, and asks anew.
 */
final class EventHub implements Watcher, AutoCloseable {
  /** Events that wait for one client at most. */
  static final int ROOM = 256;

  private static final int MOST_CLIENTS = 64;
  private static final long HEARTBEAT_S = 10;
  private static final String END = "";
  private static final int TOO_MANY = 503;

  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private volatile boolean isClosed;

  /** One browser's window. */
  private static final class Client {
    private final String take;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(ROOM);
    private volatile boolean isDropped;

    Client(String take) {
      this.take = take;
    }

    void offer(String event) {
      if (!waiting.offer(event)) {
        isDropped = true;
      }
    }
  }

  int clients() {
    return clients.size();
  }

  @Override
  public void tell(News news) {
    String event = null;
    for (Client client : clients) {
      if (client.take.isEmpty() || client.take.equals(news.take())) {
        event = event == null ? event(news) : event;
        client.offer(event);
        if (client.isDropped) {
          clients.remove(client);
        }
      }
    }
  }

  /** Serves one client until it goes. */
  void serve(Context request) throws IOException {
    if (clients.size() >= MOST_CLIENTS || isClosed) {
      request
          .status(TOO_MANY)
          .header("Retry-After", "10")
          .json(Map.of("error", MOST_CLIENTS + " windows are open already"));
      return;
    }
    Client client = new Client(request.queryParamAsClass("take", String.class).getOrDefault(""));
    clients.add(client);
    try {
      request.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store");
      request.header("X-Accel-Buffering", "no");
      ServletOutputStream out = request.res().getOutputStream();
      send(out, "retry: 1000\n\n");
      while (!client.isDropped && !isClosed) {
        String event = client.waiting.poll(HEARTBEAT_S, TimeUnit.SECONDS);
        if (END.equals(event)) {
          return;
        }
        send(out, event == null ? ": still here\n\n" : event);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
    }
  }

  private static void send(ServletOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String event(News news) {
    ObjectNode data = Json.MAPPER.valueToTree(news);
    data.remove("folder");
    data.remove("paint");
    return "event: %s\ndata: %s\n\n"
        .formatted(news.getClass().getSimpleName().toLowerCase(Locale.ROOT), data);
  }

  @Override
  public void close() {
    isClosed = true;
    clients.forEach(client -> client.offer(END));
  }
}
