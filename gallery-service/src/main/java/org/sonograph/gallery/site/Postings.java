package org.sonograph.gallery.site;

/**
 * Ascending numbers as text: each run of neighbours is the gap before it and, where it is longer
 * than one, a plus and how many more, all in base 36.
 */
final class Postings {
  private static final int BASE = 36;

  private final StringBuilder text = new StringBuilder();
  private int end = -1;
  private int first = -1;
  private int written;

  /** The next number; the same one again is taken once. */
  void add(int number) {
    if (number == end && first >= 0) {
      return;
    }
    if (first >= 0 && number == end + 1) {
      end = number;
      return;
    }
    flush();
    first = number;
    end = number;
  }

  /** Characters so far, about. */
  int size() {
    return text.length() + 4;
  }

  /** The whole list. */
  String text() {
    flush();
    first = -1;
    return text.toString();
  }

  private void flush() {
    if (first < 0) {
      return;
    }
    if (!text.isEmpty()) {
      text.append(' ');
    }
    text.append(Integer.toString(first - written, BASE));
    if (end > first) {
      text.append('+').append(Integer.toString(end - first, BASE));
    }
    written = end;
  }
}
