package org.sonograph.ingest.live;

import java.io.IOException;
import java.io.InputStream;

/** Takes the lengths out of a body that comes in pieces (RFC 9112, 7.1). */
final class ChunkedBody extends InputStream {
  private final InputStream in;
  private long left;
  private boolean isFirst = true;
  private boolean isOver;

  ChunkedBody(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (!isOver && left == 0) {
      begin();
    }
    if (isOver) {
      return -1;
    }
    int n = in.read(bytes, offset, (int) Math.min(length, left));
    left -= Math.max(0, n);
    return n;
  }

  private void begin() throws IOException {
    if (!isFirst) {
      WebClient.line(in);
    }
    isFirst = false;
    String size = WebClient.line(in).split(";", 2)[0].strip();
    try {
      left = Long.parseLong(size, 16);
    } catch (NumberFormatException e) {
      throw new IOException("sent a piece without a length", e);
    }
    isOver = left <= 0;
  }
}
