package org.sonograph.gallery.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The index of words: for each word the numbers of the takes that have it, in shards of some tens
 * of kilobytes by the word's first letters, so that a search loads a few of them however large the
 * archive. What is gathered goes to temporary files and is sorted a shard at a time.
 */
final class Words {
  /** Longest word that is told apart from others; the page cuts what is typed as well. */
  static final int MOST_CHARS = 40;

  private static final int FIRST_LETTERS = 2;
  private static final int SHARD_CHARS = 48 << 10;
  private static final int BUFFERED_CHARS = 8 << 20;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern LETTERS_OR_DIGITS = Pattern.compile("\\p{L}+|\\p{N}+");

  private final DataFiles data;
  private final Path spill;
  private final Map<String, StringBuilder> buffers = new TreeMap<>();
  private int buffered;

  Words(DataFiles data) {
    this.data = data;
    this.spill = data.folder().resolve("words.partial");
  }

  /** The words of a text, as the page finds them in what is typed. */
  static TreeSet<String> of(String text) {
    TreeSet<String> words = new TreeSet<>();
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT);
    Matcher word = WORD.matcher(plain);
    while (word.find()) {
      words.add(cut(word.group()));
      // rain07 is found by rain and by 07
      Matcher part = LETTERS_OR_DIGITS.matcher(word.group());
      while (part.find()) {
        words.add(cut(part.group()));
      }
      addIdeographs(word.group(), words);
    }
    return words;
  }

  /** Writing without spaces is found from any of its characters on. */
  private static void addIdeographs(String word, TreeSet<String> words) {
    for (int at = 1; at < word.length(); at++) {
      if (!Character.isLowSurrogate(word.charAt(at))
          && Character.isIdeographic(word.codePointAt(at))) {
        words.add(cut(word.substring(at)));
      }
    }
  }

  private static String cut(String word) {
    return word.substring(
        0, word.offsetByCodePoints(0, Math.min(MOST_CHARS, word.codePointCount(0, word.length()))));
  }

  /** Notes the words of the next take; numbers come in ascending order. */
  void add(int number, Iterable<String> words) throws IOException {
    for (String word : words) {
      String line = word + "\t" + number + "\n";
      buffers.computeIfAbsent(prefix(word, FIRST_LETTERS), p -> new StringBuilder()).append(line);
      buffered += line.length();
    }
    if (buffered > BUFFERED_CHARS) {
      flush();
    }
  }

  /** Writes the shards; the beginnings of their words, in the order of the shards' names. */
  List<String> write() throws IOException {
    flush();
    List<String> prefixes = new ArrayList<>();
    for (String prefix : buffers.keySet()) {
      split(prefix, sorted(spill.resolve(name(prefix))), prefixes);
      Files.delete(spill.resolve(name(prefix)));
    }
    Files.deleteIfExists(spill);
    return prefixes;
  }

  private void flush() throws IOException {
    Files.createDirectories(spill);
    for (Map.Entry<String, StringBuilder> buffer : buffers.entrySet()) {
      Files.writeString(
          spill.resolve(name(buffer.getKey())),
          buffer.getValue(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      buffer.getValue().setLength(0);
      buffer.getValue().trimToSize();
    }
    buffered = 0;
  }

  private static String name(String prefix) {
    StringBuilder name = new StringBuilder();
    prefix.codePoints().forEach(c -> name.append(Integer.toHexString(c)).append('-'));
    return name.toString();
  }

  private static SortedMap<String, Postings> sorted(Path file) throws IOException {
    SortedMap<String, Postings> words = new TreeMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int tab = line.indexOf('\t');
        words
            .computeIfAbsent(line.substring(0, tab), w -> new Postings())
            .add(Integer.parseInt(line.substring(tab + 1)));
      }
    }
    return words;
  }

  /** Writes words as one shard, or by their next letter where they are too many. */
  private void split(String prefix, SortedMap<String, Postings> words, List<String> prefixes)
      throws IOException {
    long size =
        words.entrySet().stream().mapToLong(w -> w.getKey().length() + w.getValue().size()).sum();
    int letters = prefix.codePointCount(0, prefix.length());
    if (size <= SHARD_CHARS || words.size() == 1 || letters == MOST_CHARS) {
      Map<String, String> shard = new LinkedHashMap<>();
      words.forEach((word, postings) -> shard.put(word, postings.text()));
      data.write("words/" + prefixes.size(), shard);
      prefixes.add(prefix);
      return;
    }
    SortedMap<String, SortedMap<String, Postings>> next = new TreeMap<>();
    words.forEach(
        (word, postings) ->
            next.computeIfAbsent(prefix(word, letters + 1), p -> new TreeMap<>())
                .put(word, postings));
    for (Map.Entry<String, SortedMap<String, Postings>> part : next.entrySet()) {
      split(part.getKey(), part.getValue(), prefixes);
    }
  }

  private static String prefix(String word, int letters) {
    return word.substring(
        0, word.offsetByCodePoints(0, Math.min(letters, word.codePointCount(0, word.length()))));
  }
}
