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

/** Free TCP ports on this machine's loopback address. */
final class LoopbackPorts {
  static final String HOST = "127.0.0.1";
  private static final int CONNECT_TIMEOUT_MS = 300;
  private static final int ANSWER_TIMEOUT_MS = 5000;

  private LoopbackPorts() {}

  /** Different ports that were free a moment ago. */
  static List<Integer> free(int count) {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
      }
      return open.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new EmbeddedException("no free port on " + HOST + ": " + e.getMessage(), e);
    } finally {
      open.forEach(LoopbackPorts::closeQuietly);
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

  private static void closeQuietly(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new EmbeddedException("cannot release a port: " + e.getMessage(), e);
    }
  }
}
