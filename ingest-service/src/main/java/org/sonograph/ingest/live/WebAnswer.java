package org.sonograph.ingest.live;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * An answer to a request, its body still coming.
 *
 * @param from where it came from in the end
 * @param headers names in small letters
 */
record WebAnswer(URI from, Map<String, String> headers, InputStream body, Socket socket)
    implements Closeable {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it was gone already
    }
  }
}
