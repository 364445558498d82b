package org.sonograph.gallery.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.sonograph.runtime.ServerEvents;

/** Passes news on to the windows that are open. */
final class EventHub implements Watcher, AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final ServerEvents events = new ServerEvents(HEARTBEAT);

  int clients() {
    return events.clients();
  }

  @Override
  public void tell(News news) {
    events.tell(news.take(), () -> event(news));
  }

  /** Serves one client until it goes. */
  void serve(Context request) throws IOException {
    events.serve(
        request, request.queryParamAsClass("take", String.class).getOrDefault(""), List::of);
  }

  private static String event(News news) {
    ObjectNode data = Json.MAPPER.valueToTree(news);
    data.remove("folder");
    data.remove("paint");
    return ServerEvents.event(news.getClass().getSimpleName().toLowerCase(Locale.ROOT), data);
  }

  @Override
  public void close() {
    events.close();
  }
}
