package org.sonograph.ingest.source;

import java.nio.file.Path;
import java.util.Comparator;

/** Orders names as people do: "track 2" before "track 10", capitals beside small letters. */
final class NaturalOrder implements Comparator<String> {
  static final NaturalOrder NAMES = new NaturalOrder();

  /** Folder by folder, each name in natural order. */
  static final Comparator<Path> PATHS = NaturalOrder::comparePaths;

  private NaturalOrder() {}

  private static int comparePaths(Path a, Path b) {
    int shared = Math.min(a.getNameCount(), b.getNameCount());
    for (int i = 0; i < shared; i++) {
      int order = NAMES.compare(a.getName(i).toString(), b.getName(i).toString());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.getNameCount(), b.getNameCount());
  }

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int order;
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int endA = digitsEnd(a, i);
        int endB = digitsEnd(b, j);
        order = compareNumbers(a.substring(i, endA), b.substring(j, endB));
        i = endA;
        j = endB;
      } else {
        order = Character.compare(folded(a.charAt(i++)), folded(b.charAt(j++)));
      }
      if (order != 0) {
        return order;
      }
    }
    int rest = Integer.compare(a.length() - i, b.length() - j);
    return rest != 0 ? rest : a.compareTo(b);
  }

  private static int compareNumbers(String a, String b) {
    String x = a.replaceFirst("^0+", "");
    String y = b.replaceFirst("^0+", "");
    return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static char folded(char c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }
}
