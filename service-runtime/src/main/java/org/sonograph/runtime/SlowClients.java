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
 * pause between two bytes, and the time in which a request's head has to be whole.
 */
final class SlowClients implements Connection.Listener {
  private static final Bounds BOUNDS =
      new Bounds(512, Duration.ofSeconds(20), Duration.ofSeconds(30));

  private final Scheduler scheduler;
  private final Duration look;

  /**
   * What is allowed.
   *
   * @param connections connections at once
   * @param look a head that has arrived in part for so long, and at most twice that, is not waited
   *     for
   * @param pause longest time without a byte
   */
  record Bounds(int connections, Duration look, Duration pause) {}

  private SlowClients(Scheduler scheduler, Duration look) {
    this.scheduler = scheduler;
    this.look = look;
  }

  /** A connector with the usual bounds. */
  static ServerConnector connector(Server server, HttpConfiguration http, HttpConfig config) {
    ServerConnector connector = connector(server, http, BOUNDS);
    connector.setHost(config.host());
    connector.setPort(config.port());
    return connector;
  }

  static ServerConnector connector(Server server, HttpConfiguration http, Bounds bounds) {
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setIdleTimeout(bounds.pause().toMillis());
    connector.addBean(new SlowClients(connector.getScheduler(), bounds.look()));
    connector.addBean(new NetworkConnectionLimit(bounds.connections(), connector));
    return connector;
  }

  /** What had passed over a connection at one moment. */
  private record Passed(long bytesIn, long requests, long answers) {
    static Passed over(Connection connection) {
      return new Passed(
          connection.getBytesIn(), connection.getMessagesIn(), connection.getMessagesOut());
    }

    /** Bytes came, yet no request began or was under way: they are of a head that is not whole. */
    boolean isHeadSince(Passed earlier) {
      return requests == answers
          && requests == earlier.requests
          && answers == earlier.answers
          && bytesIn > earlier.bytesIn;
    }
  }

  @Override
  public void onOpened(Connection connection) {
    look(connection, Passed.over(connection));
  }

  private void look(Connection connection, Passed earlier) {
    scheduler.schedule(
        () -> {
          Passed now = Passed.over(connection);
          if (now.isHeadSince(earlier)) {
            connection.getEndPoint().close();
          } else if (connection.getEndPoint().isOpen()) {
            look(connection, now);
          }
        },
        look.toMillis(),
        TimeUnit.MILLISECONDS);
  }
}
