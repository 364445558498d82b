package org.sonograph.gallery.page;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Pictures while they are painted: the newest of each chunk, of the last few dozen chunks. */
public final class Previews {
  private static final int KEPT = 64;

  private final Watcher watcher;
  private final Map<String, byte[]> newest =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  /** Previews that are told of. */
  public Previews(Watcher watcher) {
    this.watcher = watcher;
  }

  /** Takes a preview in. */
  public void put(String take, long chunk, ByteBuffer png) {
    byte[] bytes = new byte[png.remaining()];
    png.duplicate().get(bytes);
    synchronized (newest) {
      newest.put(take + "/" + chunk, bytes);
    }
    watcher.tell(new News.Preview(take, chunk));
  }

  Optional<byte[]> of(String take, String chunk) {
    synchronized (newest) {
      return Optional.ofNullable(newest.get(take + "/" + chunk));
    }
  }
}
