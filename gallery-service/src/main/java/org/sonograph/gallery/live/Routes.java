package org.sonograph.gallery.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which reading goes to which channels of a sound card: one gets both sides together, two get left
 * and right.
 *
 * @param channels channels from 0 by reading; empty = everything together, left and right
 */
public record Routes(SequencedMap<String, List<Integer>> channels) {
  private static final Pattern ROUTE = Pattern.compile("([a-z0-9-]+)=(\\d{1,2})(?:-(\\d{1,2}))?");
  private static final int MOST_CHANNELS = 32;

  public Routes {
    channels = new LinkedHashMap<>(channels);
  }

  /**
   * Reads {@code inverse=1-2,voices=3,bells=4}.
   *
   * @param text empty = everything together
   */
  public static Routes parse(String text) {
    SequencedMap<String, List<Integer>> routes = new LinkedHashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      Matcher route = ROUTE.matcher(part.strip());
      List<Integer> to = route.matches() ? channels(route) : List.of();
      if (to.isEmpty() || !taken.addAll(to) || routes.put(route.group(1), to) != null) {
        throw new IllegalArgumentException(
            "route=%s: '%s', expected reading=channel or reading=left-right by commas, such as inverse=1-2,voices=3, channels from 1 to %d, each once"
                .formatted(text, part, MOST_CHANNELS));
      }
    }
    return new Routes(routes);
  }

  private static List<Integer> channels(Matcher route) {
    List<Integer> channels = new ArrayList<>();
    for (int group = 2; group <= 3; group++) {
      if (route.group(group) != null) {
        int channel = Integer.parseInt(route.group(group));
        if (channel < 1 || channel > MOST_CHANNELS || channels.contains(channel - 1)) {
          return List.of();
        }
        channels.add(channel - 1);
      }
    }
    return channels;
  }

  /** Channels that the card needs. */
  int count() {
    return channels.values().stream().flatMap(List::stream).mapToInt(c -> c + 1).max().orElse(2);
  }

  /** A block as the card gets it. */
  float[][] apply(LiveBlock block) {
    if (channels.isEmpty()) {
      return block.sound();
    }
    float[][] out = new float[count()][block.sound()[0].length];
    for (Map.Entry<String, List<Integer>> route : channels.entrySet()) {
      float[][] reading = block.readings().get(route.getKey());
      if (reading != null) {
        put(reading, route.getValue(), out);
      }
    }
    return out;
  }

  private static void put(float[][] reading, List<Integer> to, float[][] out) {
    if (to.size() == 1) {
      for (int i = 0; i < reading[0].length; i++) {
        out[to.getFirst()][i] = (reading[0][i] + reading[1][i]) / 2;
      }
    } else {
      out[to.getFirst()] = reading[0].clone();
      out[to.getLast()] = reading[1].clone();
    }
  }
}
