package org.sonograph.runtime;

import io.javalin.config.JettyConfig;
import io.javalin.config.RouterConfig;
import io.javalin.event.EventManager;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.router.InternalRouter;
import io.javalin.router.ParsedEndpoint;
import io.javalin.websocket.WsRouter;
import java.util.List;

/**
 * A router to which routes can be added while requests come in: health answers before the services
 * are there.
 */
final class SharedRouter extends InternalRouter {
  SharedRouter(WsRouter ws, EventManager events, RouterConfig router, JettyConfig jetty) {
    super(ws, events, router, jetty);
  }

  @Override
  public synchronized InternalRouter addHttpEndpoint(Endpoint endpoint) {
    return super.addHttpEndpoint(endpoint);
  }

  @Override
  public synchronized boolean hasHttpHandlerEntry(HandlerType type, String path) {
    return super.hasHttpHandlerEntry(type, path);
  }

  @Override
  public synchronized List<ParsedEndpoint> findHttpHandlerEntries(HandlerType type, String path) {
    return super.findHttpHandlerEntries(type, path);
  }

  @Override
  public synchronized ParsedEndpoint findFirstHttpHandlerEntry(HandlerType type, String path) {
    return super.findFirstHttpHandlerEntry(type, path);
  }
}
