package org.sonograph.schemas;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Place in a trace, in the form of W3C Trace Context (level 1): the headers {@code traceparent} and
 * {@code tracestate}, of a record as of an HTTP request.
 *
 * @param traceId 32 hexadecimal digits, the same through all hops of a chunk
 * @param spanId 16 hexadecimal digits, of the hop that wrote this
 * @param flags 2 hexadecimal digits, passed on as they came
 * @param state what other tracing systems added, passed on as it came; often empty
 */
public record TraceContext(String traceId, String spanId, String flags, String state) {
  /** Name of the header that holds trace, span and flags. */
  public static final String PARENT_HEADER = "traceparent";

  /** Name of the header for what other tracing systems add. */
  public static final String STATE_HEADER = "tracestate";

  private static final Pattern PARENT =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final String VERSION = "00";
  private static final String FORBIDDEN_VERSION = "ff";
  private static final String SAMPLED = "01";
  private static final String NO_TRACE = "0".repeat(32);
  private static final String NO_SPAN = "0".repeat(16);
  private static final int STATE_MAX_CHARS = 512;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The beginning of a new trace; its ids are drawn by chance, as the standard asks. */
  public static TraceContext begin() {
    return new TraceContext(id(16), id(8), SAMPLED, "");
  }

  /** What the headers say; empty where they are missing or not of that form. */
  public static Optional<TraceContext> read(Headers headers) {
    return parse(text(headers, PARENT_HEADER), text(headers, STATE_HEADER));
  }

  /**
   * What the two headers' texts say; empty where the first is missing or not of that form. A later
   * version is read as far as it begins like this one.
   */
  public static Optional<TraceContext> parse(String parent, String state) {
    Matcher m = PARENT.matcher(parent);
    if (!m.matches()
        || m.group(1).equals(FORBIDDEN_VERSION)
        || m.group(1).equals(VERSION) && m.group(5) != null
        || m.group(2).equals(NO_TRACE)
        || m.group(3).equals(NO_SPAN)) {
      return Optional.empty();
    }
    String kept = state.length() > STATE_MAX_CHARS ? "" : state;
    return Optional.of(new TraceContext(m.group(2), m.group(3), m.group(4), kept));
  }

  /** The next span of the same trace. */
  public TraceContext next() {
    return new TraceContext(traceId, id(8), flags, state);
  }

  /** Text of the first header. */
  public String parent() {
    return String.join("-", VERSION, traceId, spanId, flags);
  }

  /** Writes both headers in the place of earlier ones. */
  public void writeTo(Headers headers) {
    headers.remove(PARENT_HEADER);
    headers.remove(STATE_HEADER);
    headers.add(PARENT_HEADER, parent().getBytes(StandardCharsets.UTF_8));
    if (!state.isEmpty()) {
      headers.add(STATE_HEADER, state.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** All zeros would be none; the chance of it is not worth a second draw, so the last bit is 1. */
  private static String id(int bytes) {
    byte[] id = new byte[bytes];
    RANDOM.nextBytes(id);
    id[bytes - 1] |= 1;
    return HexFormat.of().formatHex(id);
  }
}
