package org.sonograph.ingest.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes SHOUTcast's titles out of a body: after every {@code icy-metaint} bytes of sound comes a
 * byte that says how many times 16 bytes of text follow.
 */
final class IcyBody extends InputStream {
  private static final int UNIT_BYTES = 16;
  private static final Pattern TITLE = Pattern.compile("StreamTitle='(.*?)';", Pattern.DOTALL);

  private final InputStream in;
  private final int interval;
  private final Consumer<String> titles;
  private int left;

  /**
   * The sound of a body.
   *
   * @param interval bytes of sound between two titles
   */
  IcyBody(InputStream in, int interval, Consumer<String> titles) {
    this.in = in;
    this.interval = interval;
    this.titles = titles;
    this.left = interval;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      readTitle();
      left = interval;
    }
    int n = in.read(bytes, offset, Math.min(length, left));
    left -= Math.max(0, n);
    return n;
  }

  private void readTitle() throws IOException {
    int units = in.read();
    if (units <= 0) {
      return;
    }
    byte[] text = in.readNBytes(units * UNIT_BYTES);
    Matcher title = TITLE.matcher(decoded(text));
    if (title.find()) {
      titles.accept(title.group(1).strip());
    }
  }

  /** UTF-8 where it is that, else Latin-1, which older servers send. */
  private static String decoded(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      return new String(text, StandardCharsets.ISO_8859_1);
    }
  }
}
