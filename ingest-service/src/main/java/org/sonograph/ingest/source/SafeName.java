package org.sonograph.ingest.source;

/** Shows a name from outside on one line, without anything a terminal would obey. */
public final class SafeName {
  private static final int MAX_CHARS = 300;

  private SafeName() {}

  /** The name, with control, format and lone surrogate characters written as escapes. */
  public static String of(String name) {
    StringBuilder safe = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                default -> append(safe, c);
              }
            });
    int cut = safe.length() - MAX_CHARS;
    return cut <= 0 ? safe.toString() : "..." + safe.substring(cut);
  }

  private static void append(StringBuilder safe, int c) {
    boolean shown =
        switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.UNASSIGNED ->
              false;
          default -> true;
        };
    if (shown) {
      safe.appendCodePoint(c);
    } else {
      safe.append(String.format("\\u%04x", c));
    }
  }
}
