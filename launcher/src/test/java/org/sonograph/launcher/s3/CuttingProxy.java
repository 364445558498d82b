package org.sonograph.launcher.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bad line to a server: every connection ends after some bytes, reading or writing, by a reset or
 * by a plain close.
 */
final class CuttingProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CuttingProxy.class);

  private final ServerSocket door;
  private final InetSocketAddress server;
  private final LongSupplier lives;
  private final AtomicInteger cutReading = new AtomicInteger();
  private final AtomicInteger cutWriting = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * Opens it.
   *
   * @param lives bytes in either direction that each next connection survives
   */
  CuttingProxy(int port, InetSocketAddress server, LongSupplier lives) throws IOException {
    this.door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    this.server = server;
    this.lives = lives;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Connections cut while the client was being answered. */
  int cutReading() {
    return cutReading.get();
  }

  /** Connections cut while the client was sending. */
  int cutWriting() {
    return cutWriting.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket upstream = new Socket();
        upstream.connect(server);
        boolean isReset = connections.incrementAndGet() % 2 == 0;
        long life = lives.getAsLong();
        pass(client, upstream, life, isReset, cutWriting);
        pass(upstream, client, life, isReset, cutReading);
      } catch (IOException e) {
        // The server is away, or the door was closed.
      }
    }
  }

  private static void pass(
      Socket from, Socket to, long life, boolean isReset, AtomicInteger counter) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from;
                  to) {
                if (!pump(from.getInputStream(), to.getOutputStream(), life)) {
                  counter.incrementAndGet();
                  if (isReset) {
                    from.setSoLinger(true, 0);
                    to.setSoLinger(true, 0);
                  }
                }
              } catch (IOException e) {
                // The other direction was cut.
              }
            });
  }

  private static boolean pump(InputStream in, OutputStream out, long life) throws IOException {
    byte[] bytes = new byte[8192];
    long left = life;
    for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
      out.write(bytes, 0, (int) Math.min(n, left));
      out.flush();
      left -= n;
      if (left <= 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  /** By hand, before a real server: PORT SERVER_PORT LEAST_BYTES MOST_BYTES. */
  public static void main(String[] args) throws Exception {
    long least = Long.parseLong(args[2]);
    long most = Long.parseLong(args[3]);
    Random random = new Random(7);
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1]));
    try (CuttingProxy proxy =
        new CuttingProxy(Integer.parseInt(args[0]), server, () -> random.nextLong(least, most))) {
      while (true) {
        Thread.sleep(1000);
        LOG.info(
            "connections {}, cut reading {}, cut writing {}",
            proxy.connections.get(),
            proxy.cutReading(),
            proxy.cutWriting());
      }
    }
  }
}
