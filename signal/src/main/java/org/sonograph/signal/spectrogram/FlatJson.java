package org.sonograph.signal.spectrogram;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One JSON object whose strings and numbers are read; nested members are skipped, not understood.
 */
final class FlatJson {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;

  private FlatJson(String text) {
    this.text = text;
  }

  static String write(Map<String, Object> fields) {
    StringBuilder out = new StringBuilder("{");
    fields.forEach(
        (name, value) -> {
          out.append(out.length() > 1 ? "," : "").append('"').append(name).append("\":");
          if (value instanceof Number) {
            out.append(value);
          } else {
            quote(out, value.toString());
          }
        });
    return out.append('}').toString();
  }

  private static void quote(StringBuilder out, String value) {
    out.append('"');
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** Members that are strings or literals, as text. */
  static Map<String, String> read(String text) {
    FlatJson json = new FlatJson(text);
    Map<String, String> out = new LinkedHashMap<>();
    json.expect('{');
    if (json.peek() == '}') {
      return out;
    }
    do {
      String name = json.string();
      json.expect(':');
      char c = json.peek();
      if (c == '"') {
        out.put(name, json.string());
      } else if (c == '{' || c == '[') {
        json.skip(0);
      } else {
        out.put(name, json.literal());
      }
    } while (json.more('}'));
    return out;
  }

  private boolean more(char end) {
    char c = peek();
    at++;
    if (c != ',' && c != end) {
      throw broken();
    }
    return c == ',';
  }

  private char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at >= text.length()) {
      throw broken();
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw broken();
    }
    at++;
  }

  private String literal() {
    int from = at;
    while (at < text.length() && ",}] \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (from == at) {
      throw broken();
    }
    return text.substring(from, at);
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escaped() : c);
    }
    throw broken();
  }

  private char escaped() {
    if (at >= text.length()) {
      throw broken();
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw broken();
        }
        at += 4;
        try {
          yield (char) Integer.parseInt(text, at - 4, at, 16);
        } catch (NumberFormatException e) {
          throw broken();
        }
      }
      default -> c;
    };
  }

  private void skip(int depth) {
    if (depth > MAX_DEPTH) {
      throw broken();
    }
    char open = peek();
    at++;
    char end = open == '{' ? '}' : ']';
    if (peek() == end) {
      at++;
      return;
    }
    do {
      if (open == '{') {
        string();
        expect(':');
      }
      char c = peek();
      if (c == '"') {
        string();
      } else if (c == '{' || c == '[') {
        skip(depth + 1);
      } else {
        literal();
      }
    } while (more(end));
  }

  private IllegalArgumentException broken() {
    return new IllegalArgumentException(
        "PNG text \"%s\" is no JSON object (at character %d)".formatted(Inversion.TEXT_KEY, at));
  }
}
