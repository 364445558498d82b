package org.sonograph.ingest.live;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A playlist of HTTP Live Streaming (RFC 8216): either what a stream comes as, or its segments.
 *
 * @param variants where it comes in which form, audio alone first, then the smallest
 * @param segments sound in order, the first has number {@code first}
 * @param init what comes before all segments, if anything
 * @param targetSeconds longest segment
 * @param isOver whether nothing will be added
 */
record HlsPlaylist(
    List<URI> variants,
    List<URI> segments,
    long first,
    Optional<URI> init,
    double targetSeconds,
    boolean isOver) {
  private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^,]*)");
  private static final String BEGINNING = "#EXTM3U";
  private static final String STREAM = "#EXT-X-STREAM-INF:";
  private static final String MEDIA = "#EXT-X-MEDIA:";
  private static final String KEY = "#EXT-X-KEY:";
  private static final String MAP = "#EXT-X-MAP:";
  private static final String TARGET = "#EXT-X-TARGETDURATION:";
  private static final String SEQUENCE = "#EXT-X-MEDIA-SEQUENCE:";
  private static final String RANGE = "#EXT-X-BYTERANGE:";
  private static final String END = "#EXT-X-ENDLIST";

  private record Variant(URI at, long bandwidth) {}

  /**
   * Reads a playlist.
   *
   * @param at where it came from, which its addresses are relative to
   * @throws IOException where it is none, or asks for what is not done here
   */
  static HlsPlaylist parse(URI at, String text) throws IOException {
    if (!text.startsWith(BEGINNING)) {
      throw new IOException("is no playlist, expected " + BEGINNING);
    }
    List<Variant> variants = new ArrayList<>();
    List<URI> segments = new ArrayList<>();
    Optional<URI> init = Optional.empty();
    double target = 6;
    long first = 0;
    long bandwidth = -1;
    boolean isOver = false;
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith(STREAM)) {
        bandwidth = whole(attributes(line).getOrDefault("BANDWIDTH", "0"));
      } else if (line.startsWith(MEDIA)) {
        Map<String, String> media = attributes(line);
        if (media.getOrDefault("TYPE", "").equals("AUDIO") && media.containsKey("URI")) {
          variants.add(new Variant(resolved(at, media.get("URI")), -1));
        }
      } else if (line.startsWith(KEY)) {
        refuse(!attributes(line).getOrDefault("METHOD", "NONE").equals("NONE"), "encrypted");
      } else if (line.startsWith(RANGE)) {
        refuse(true, "made of ranges of a file");
      } else if (line.startsWith(MAP)) {
        init = Optional.of(resolved(at, attributes(line).getOrDefault("URI", "")));
      } else if (line.startsWith(TARGET)) {
        target = Math.max(1, whole(line.substring(TARGET.length())));
      } else if (line.startsWith(SEQUENCE)) {
        first = whole(line.substring(SEQUENCE.length()));
      } else if (line.equals(END)) {
        isOver = true;
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        if (bandwidth >= 0) {
          variants.add(new Variant(resolved(at, line), bandwidth));
          bandwidth = -1;
        } else {
          segments.add(resolved(at, line));
        }
      }
    }
    List<URI> sorted =
        variants.stream()
            .sorted(Comparator.comparingLong(Variant::bandwidth))
            .map(Variant::at)
            .toList();
    return new HlsPlaylist(sorted, List.copyOf(segments), first, init, target, isOver);
  }

  private static void refuse(boolean is, String what) throws IOException {
    if (is) {
      throw new IOException("is " + what + ", which is not played here");
    }
  }

  private static Map<String, String> attributes(String line) {
    Map<String, String> all = new HashMap<>();
    Matcher each = ATTRIBUTE.matcher(line.substring(line.indexOf(':') + 1));
    while (each.find()) {
      all.put(each.group(1), each.group(2).replace("\"", ""));
    }
    return all;
  }

  private static long whole(String text) {
    Matcher digits = Pattern.compile("\\d{1,15}").matcher(text);
    return digits.find() ? Long.parseLong(digits.group()) : 0;
  }

  private static URI resolved(URI at, String text) throws IOException {
    try {
      return at.resolve(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("points to no address", e);
    }
  }
}
