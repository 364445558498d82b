package org.sonograph.gallery.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers with a file: whole, in part (RFC 9110, one range), or not at all where it is known. */
final class FileAnswer {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");
  private static final int PARTIAL = 206;
  private static final int NOT_MODIFIED = 304;
  private static final int UNSATISFIABLE = 416;
  private static final int BUFFER_BYTES = 1 << 16;

  private FileAnswer() {}

  /** Bytes from the first to before the last. */
  private record Span(long from, long to) {}

  static void send(Context request, TakeFile file) throws IOException {
    request.header("ETag", file.tag());
    request.header("Cache-Control", "no-cache");
    request.header("Accept-Ranges", "bytes");
    request.contentType(file.type());
    if (!file.isShown()) {
      request.header("Content-Disposition", attachment(file.path().getFileName().toString()));
    }
    if (file.tag().equals(request.header("If-None-Match"))) {
      request.status(NOT_MODIFIED);
      return;
    }
    Matcher range = RANGE.matcher(Optional.ofNullable(request.header("Range")).orElse(""));
    String condition = request.header("If-Range");
    if (!range.matches() || condition != null && !condition.equals(file.tag())) {
      stream(request, file, new Span(0, file.size()));
      return;
    }
    Optional<Span> span = span(range, file.size());
    if (span.isEmpty()) {
      request.header("Content-Range", "bytes */" + file.size());
      request
          .status(UNSATISFIABLE)
          .json(Map.of("error", "range %s of %d bytes".formatted(range.group(), file.size())));
      return;
    }
    request.status(PARTIAL);
    request.header(
        "Content-Range",
        "bytes %d-%d/%d".formatted(span.get().from, span.get().to - 1, file.size()));
    stream(request, file, span.get());
  }

  /** A header that has a browser save under a name, whatever letters it has. */
  static String attachment(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain, encoded);
  }

  private static Optional<Span> span(Matcher range, long size) {
    try {
      if (range.group(1).isEmpty()) {
        long last = Long.parseLong(range.group(2));
        return last == 0 || size == 0
            ? Optional.empty()
            : Optional.of(new Span(Math.max(0, size - last), size));
      }
      long from = Long.parseLong(range.group(1));
      long to = range.group(2).isEmpty() ? size : Math.addExact(Long.parseLong(range.group(2)), 1);
      return from >= size || to <= from
          ? Optional.empty()
          : Optional.of(new Span(from, Math.min(to, size)));
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void stream(Context request, TakeFile file, Span span) throws IOException {
    request.header("Content-Length", Long.toString(span.to - span.from));
    if (request.method().name().equals("HEAD")) {
      return;
    }
    OutputStream out = request.res().getOutputStream();
    byte[] bytes = new byte[BUFFER_BYTES];
    try (FileChannel channel = FileChannel.open(file.path())) {
      channel.position(span.from);
      long rest = span.to - span.from;
      while (rest > 0) {
        int n = channel.read(ByteBuffer.wrap(bytes, 0, (int) Math.min(rest, bytes.length)));
        if (n < 0) {
          throw new IOException(file.path() + " became shorter while it was read");
        }
        out.write(bytes, 0, n);
        rest -= n;
      }
    }
    out.flush();
  }
}
