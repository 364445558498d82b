package org.sonograph.runtime.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Recognises text, and the kinds of text that players would follow to other places. */
final class TextKind {
  private TextKind() {}

  /** What kind of text the head of a file is; empty when it is not text. */
  static Optional<String> of(byte[] head) {
    if (isUtf16(head)) {
      return Optional.of("text, not sound");
    }
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(head.length + 1);
    // a character cut at the end of the head underflows, which is no error here
    CoderResult result = utf8.decode(ByteBuffer.wrap(head), text, false);
    text.flip();
    if (result.isError() || text.isEmpty() || text.chars().anyMatch(TextKind::isBinary)) {
      return Optional.empty();
    }
    return Optional.of(kind(text.toString().stripLeading().toLowerCase(Locale.ROOT)));
  }

  private static String kind(String text) {
    String body = text.startsWith("\ufeff") ? text.substring(1) : text;
    if (body.startsWith("#extm3u")
        || body.startsWith("[playlist]")
        || body.startsWith("ffconcat")
        || body.startsWith("[reference]")) {
      return "a playlist, not sound; name the files it lists";
    }
    if (body.startsWith("<!doctype html") || body.startsWith("<html")) {
      return "a web page, not sound";
    }
    if (body.startsWith("<?xml") || body.startsWith("<")) {
      return "an XML document, not sound";
    }
    return "text, not sound";
  }

  private static boolean isUtf16(byte[] head) {
    if (head.length < 4) {
      return false;
    }
    int mark = (head[0] & 0xff) << 8 | head[1] & 0xff;
    return mark == 0xfffe && head[3] == 0 || mark == 0xfeff && head[2] == 0;
  }

  private static boolean isBinary(int c) {
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == 0x7f;
  }
}
