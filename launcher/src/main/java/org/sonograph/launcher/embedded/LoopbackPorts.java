package org.sonograph.launcher.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Free TCP ports on this machine's loopback address. */
public final class LoopbackPorts {
  static final String HOST = "127.0.0.1";
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
  private static final int CONNECT_TIMEOUT_MS = 300;
  private static final int ANSWER_TIMEOUT_MS = 5000;

  private LoopbackPorts() {}

  /**
   * Different ports that were free a moment ago, none of them given out before by this process.
   *
   * <p>They lie below the ports that systems give to outgoing connections, so that none of those
   * takes one before its process has started.
   */
  public static List<Integer> free(int count) {
    List<Integer> found = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS && found.size() < count; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (isFree(port) && GIVEN.add(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new EmbeddedException(
          "no free port from %d to %d on %s".formatted(LOWEST, HIGHEST, HOST));
    }
    return List.copyOf(found);
  }

  /** True if nothing listens there now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** True if something listens there. */
  static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(HOST, port), CONNECT_TIMEOUT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** True if a GET of that path is answered with 200. */
  static boolean serves(int port, String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://" + HOST + ":" + port + path).toURL().openConnection();
      connection.setConnectTimeout(CONNECT_TIMEOUT_MS);
      connection.setReadTimeout(ANSWER_TIMEOUT_MS);
      boolean ok = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      connection.disconnect();
      return ok;
    } catch (IOException e) {
      return false;
    }
  }
}
