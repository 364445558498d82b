package org.sonograph.ingest.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code multipart/form-data} (RFC 7578) part by part from a stream, so that a file of any
 * size passes through a buffer of 64 KiB.
 */
final class MultipartStream {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LINE_MAX_BYTES = 8192;
  private static final int MOST_HEADERS = 32;
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i)boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))");
  private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern FILE =
      Pattern.compile("(?i)[;\\s]filename=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private boolean ended;

  /**
   * One part.
   *
   * @param name name of the field
   * @param fileName name of the file, empty for an ordinary field
   * @param body its bytes, to be read to the end before the next part is asked for
   */
  record Part(String name, Optional<String> fileName, InputStream body) {}

  /**
   * A stream of parts.
   *
   * @throws IOException when the content type names no boundary
   */
  MultipartStream(InputStream in, String contentType) throws IOException {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw new IOException("the form's content type names no boundary");
    }
    String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    this.in = in;
    this.delimiter = ("\r\n--" + text).getBytes(StandardCharsets.ISO_8859_1);
    // the first delimiter has no line end before it
    buffer[0] = '\r';
    buffer[1] = '\n';
    to = 2;
    new Body().skipAll();
  }

  /** The next part, or empty after the last one. */
  Optional<Part> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    String disposition = "";
    for (int i = 0; i < MOST_HEADERS; i++) {
      String line = line();
      if (line.isEmpty()) {
        Matcher name = NAME.matcher(disposition);
        Matcher file = FILE.matcher(disposition);
        return Optional.of(
            new Part(
                name.find() ? unescaped(name.group(1)) : "",
                file.find() ? Optional.of(unescaped(file.group(1))) : Optional.empty(),
                new Body()));
      }
      if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
        disposition = line;
      }
    }
    throw new IOException("the form has a part with too many headers");
  }

  private void readDelimiterEnd() throws IOException {
    String rest = line();
    ended = rest.startsWith("--");
  }

  /** Browsers write quotes as %22 or with a backslash. */
  private static String unescaped(String text) {
    return text.replace("%22", "\"").replaceAll("\\\\(.)", "$1");
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (from == to && !fill()) {
        return finished(line);
      }
      byte b = buffer[from++];
      if (b == '\n') {
        return finished(line);
      }
      line.write(b);
      if (line.size() > LINE_MAX_BYTES) {
        throw new IOException("the form has a header line that is too long");
      }
    }
  }

  private static String finished(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    int n = in.read(buffer, to, buffer.length - to);
    if (n > 0) {
      to += n;
    }
    return n > 0;
  }

  /** Bytes up to the next delimiter. */
  private final class Body extends InputStream {
    private boolean done;

    void skipAll() throws IOException {
      byte[] bytes = new byte[8192];
      while (read(bytes, 0, bytes.length) >= 0) {
        continue;
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (done) {
        return -1;
      }
      while (true) {
        int end = delimiterOrPartOfIt();
        if (end > from) {
          int count = Math.min(length, end - from);
          System.arraycopy(buffer, from, bytes, offset, count);
          from += count;
          return count;
        }
        if (end + delimiter.length <= to) {
          from += delimiter.length;
          done = true;
          readDelimiterEnd();
          return -1;
        }
        if (!fill()) {
          throw new IOException("the form ends in the middle of a part");
        }
      }
    }

    /** Where the delimiter begins in the buffer, or may begin at its end; the end if nowhere. */
    private int delimiterOrPartOfIt() {
      for (int i = from; i < to; i++) {
        int compared = Math.min(delimiter.length, to - i);
        if (Arrays.equals(buffer, i, i + compared, delimiter, 0, compared)) {
          return i;
        }
      }
      return to;
    }
  }
}
