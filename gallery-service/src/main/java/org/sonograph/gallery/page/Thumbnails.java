package org.sonograph.gallery.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.gallery.report.ArtFile;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.picture.PngCodec;

/**
 * Small pictures for the list: the beginning of the art, or of the spectrogram while there is none,
 * 320x80. The last few hundred stay in memory, 40 kB each.
 */
final class Thumbnails {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 80;
  private static final int KEPT = 400;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Map<String, byte[]> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  void send(Context request, Path folder) throws IOException {
    Optional<TakeFile> source =
        Stream.of(
                "scroll-small.png", "scroll-small.jpg", "art/000000.png", "spectrogram/000000.png")
            .flatMap(name -> TakeFile.find(folder, name).stream())
            .findFirst();
    if (source.isEmpty()) {
      request.status(NO_CONTENT); // no picture has come yet
      return;
    }
    request.header("ETag", source.get().tag()).header("Cache-Control", "no-cache");
    if (source.get().tag().equals(request.header("If-None-Match"))) {
      request.status(NOT_MODIFIED);
      return;
    }
    request.contentType("image/png").result(of(source.get()));
  }

  private byte[] of(TakeFile source) throws IOException {
    String key = source.path() + source.tag();
    synchronized (kept) {
      byte[] known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    byte[] made = make(source.path());
    synchronized (kept) {
      kept.put(key, made);
    }
    return made;
  }

  private static byte[] make(Path file) throws IOException {
    Picture whole = ArtFile.read(file);
    int width = Math.clamp((long) whole.height() * WIDTH / HEIGHT, 1, whole.width());
    Picture head = whole.columns(0, width);
    return PngCodec.encode(
        PillowResize.resize(head, WIDTH, HEIGHT, PillowResize.Filter.BICUBIC),
        new LinkedHashMap<>());
  }
}
