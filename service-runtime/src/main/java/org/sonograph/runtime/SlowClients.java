package org.sonograph.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.sonograph.runtime.settings.HttpConfig;

/**
 * Bounds what clients that send or read next to nothing can hold: the number of connections, the
 * time until the first request's head is whole, and the pause between two bytes.
 */
final class SlowClients implements Connection.Listener {
  private static final int MOST_CONNECTIONS = 512;
  private static final Duration FIRST_REQUEST = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Scheduler scheduler;

  private SlowClients(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** A connector with these bounds. */
  static ServerConnector connector(Server server, HttpConfiguration http, HttpConfig config) {
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(PAUSE.toMillis());
    connector.addBean(new SlowClients(connector.getScheduler()));
    connector.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    return connector;
  }

  @Override
  public void onOpened(Connection connection) {
    scheduler.schedule(
        () -> {
          if (connection.getMessagesIn() == 0) {
            connection.getEndPoint().close();
          }
        },
        FIRST_REQUEST.toSeconds(),
        TimeUnit.SECONDS);
  }
}
