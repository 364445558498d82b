package org.sonograph.gallery;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns a name from outside into one that every file system takes and nobody has to quote twice.
 */
final class SafeName {
  /** Longest name, bytes of UTF-8: leaves room below the usual 255 for a suffix and an ending. */
  static final int MAX_BYTES = 80;

  private static final Pattern RESERVED =
      Pattern.compile(
          "(?i)(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(\\..*)?");
  private static final String FORBIDDEN = "/\\:*?\"<>|";
  private static final int MAX_EXTENSION_CHARS = 5;

  private SafeName() {}

  /** Folder name for a source: its file name without folders and ending. */
  static String ofSource(String fileName, String fallback) {
    String name = fileName;
    int dot = name.lastIndexOf('.');
    int ending = name.length() - dot - 1;
    if (dot > 0
        && ending > 0
        && ending <= MAX_EXTENSION_CHARS
        && isPlain(name.substring(dot + 1))) {
      name = name.substring(0, dot);
    }
    return of(name, fallback);
  }

  /**
   * A name without separators, control or direction characters, leading dots, reserved words, or
   * trailing dots and spaces.
   */
  static String of(String name, String fallback) {
    StringBuilder safe = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFC)
        .codePoints()
        .map(SafeName::replaced)
        .forEach(safe::appendCodePoint);
    String text = bounded(stripped(safe.toString().replaceAll(" {2,}", " ")));
    if (text.isEmpty() || text.codePoints().allMatch(c -> c == '_' || c == ' ')) {
      return fallback;
    }
    return RESERVED.matcher(text).matches() ? "_" + text : text;
  }

  private static boolean isPlain(String ending) {
    return ending
        .toLowerCase(Locale.ROOT)
        .chars()
        .allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
  }

  private static int replaced(int c) {
    int type = Character.getType(c);
    boolean unfit =
        FORBIDDEN.indexOf(c) >= 0
            || type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.UNASSIGNED
            || type == Character.PRIVATE_USE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    if (unfit) {
      return '_';
    }
    return type == Character.SPACE_SEPARATOR ? ' ' : c;
  }

  private static String stripped(String name) {
    return name.replaceAll("^[. _~-]+(?=.)", "").replaceAll("[. ]+$", "");
  }

  private static String bounded(String name) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int c : name.codePoints().toArray()) {
      bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.toString().replaceAll("[. ]+$", "");
  }
}
