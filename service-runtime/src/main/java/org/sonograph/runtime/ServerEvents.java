package org.sonograph.runtime;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Passes events on to browsers. A client has room for a set number of them; one that does not read
 * them is dropped, reconnects by itself if it still lives, and asks anew.
 */
public final class ServerEvents implements AutoCloseable {
  /** Events that wait for one client at most. */
  public static final int ROOM = 256;

  private static final int MOST_CLIENTS = 64;
  private static final String END = "";
  private static final String STILL = event("still", "1");
  private static final int TOO_MANY = 503;

  private final Duration heartbeat;
  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private volatile boolean isClosed;

  /**
   * Nobody listens yet.
   *
   * @param heartbeat pause after which a client is told that the line still stands, as event {@code
   *     still}
   */
  public ServerEvents(Duration heartbeat) {
    this.heartbeat = heartbeat;
  }

  /** One browser's window, and what it wants to hear of: everything where that is empty. */
  private static final class Client {
    private final String topic;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(ROOM);
    private volatile boolean isDropped;

    Client(String topic) {
      this.topic = topic;
    }

    void offer(String event) {
      if (!waiting.offer(event)) {
        isDropped = true;
      }
    }
  }

  /** An event as it is sent. */
  public static String event(String kind, Object data) {
    return "event: %s\ndata: %s\n\n".formatted(kind, data);
  }

  /** Windows that listen now. */
  public int clients() {
    return clients.size();
  }

  /**
   * Tells those who want to hear of a topic.
   *
   * @param event made only if somebody does
   */
  public void tell(String topic, Supplier<String> event) {
    String made = null;
    for (Client client : clients) {
      if (client.topic.isEmpty() || client.topic.equals(topic)) {
        made = made == null ? event.get() : made;
        client.offer(made);
        if (client.isDropped) {
          clients.remove(client);
        }
      }
    }
  }

  /**
   * Serves one client until it goes.
   *
   * @param topic what it wants to hear of; empty = everything
   * @param first events that it gets before any other, asked for once none is missed any more
   */
  public void serve(Context request, String topic, Supplier<List<String>> first)
      throws IOException {
    if (clients.size() >= MOST_CLIENTS || isClosed) {
      request
          .status(TOO_MANY)
          .header("Retry-After", "10")
          .json(Map.of("error", MOST_CLIENTS + " windows are open already"));
      return;
    }
    Client client = new Client(topic);
    clients.add(client);
    try {
      request.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store");
      request.header("X-Accel-Buffering", "no");
      ServletOutputStream out = request.res().getOutputStream();
      send(out, "retry: 1000\n\n" + String.join("", first.get()));
      while (!client.isDropped && !isClosed) {
        String event = client.waiting.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        if (END.equals(event)) {
          return;
        }
        send(out, event == null ? STILL : event);
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

  @Override
  public void close() {
    isClosed = true;
    clients.forEach(client -> client.offer(END));
  }
}
