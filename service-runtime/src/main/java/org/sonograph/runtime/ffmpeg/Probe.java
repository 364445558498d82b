package org.sonograph.runtime.ffmpeg;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a file says about its first audio stream, before anything is decoded.
 *
 * @param container format decided from the first bytes
 * @param codec FFmpeg's name of the codec
 * @param declaredSeconds length the file claims, or an estimate where it claims none; 0 = unknown
 * @param tags by lower-case name, the file's first, then the stream's
 */
public record Probe(
    Container container,
    String codec,
    int sampleRateHz,
    int channels,
    double declaredSeconds,
    Map<String, String> tags) {

  private static final String[] LICENCE_TAGS = {"license", "licence", "copyright", "wcop", "tcop"};

  public Probe {
    tags = Map.copyOf(tags);
  }

  /** Title tag, or empty text. */
  public String title() {
    return first("title");
  }

  /** Artist or author tag, or empty text. */
  public String artist() {
    return first("artist", "author", "album_artist", "composer");
  }

  /** Licence or copyright tag, or empty text. */
  public String licence() {
    return first(LICENCE_TAGS);
  }

  private String first(String... names) {
    for (String name : names) {
      Optional<String> value = Optional.ofNullable(tags.get(name)).filter(v -> !v.isBlank());
      if (value.isPresent()) {
        return value.get().strip();
      }
    }
    return "";
  }

  /** Tags in a stable order, for people. */
  public Map<String, String> sortedTags() {
    return new TreeMap<>(tags);
  }
}
