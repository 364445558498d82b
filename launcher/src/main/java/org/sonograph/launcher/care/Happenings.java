package org.sonograph.launcher.care;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sonograph.launcher.watch.SoundVerdict;

/**
 * Finds the few things that somebody should know in what is seen: sound that is lost and back, what
 * stands in for it, data that were set aside, a disk that fills. What lasts only shortly is none.
 */
final class Happenings {
  private final long afterMs;
  private final ZoneId zone;
  private final Map<String, Trouble> troubles = new HashMap<>();
  private final Set<String> toldOfAside = new HashSet<>();
  private boolean isFullTold;

  /** Something that lasts. */
  private static final class Trouble {
    private long sinceMs;
    private boolean isTold;
  }

  /** A message, and what it is about: of one thing not many are sent. */
  record Message(String about, String text) {}

  /**
   * Nothing has happened yet.
   *
   * @param after time that sound is lost before that is told
   * @param zone whose clocks tell times
   */
  Happenings(Duration after, ZoneId zone) {
    this.afterMs = after.toMillis();
    this.zone = zone;
  }

  /** What has happened since the last look. */
  List<Message> since(Look look) {
    List<Message> messages = new ArrayList<>();
    for (SoundVerdict verdict :
        SoundVerdict.of(
            look.streams(), look.sources(), Instant.ofEpochMilli(look.timeMs()), zone)) {
      String name = verdict.stream();
      boolean isLost = verdict.isLost();
      follow("sound of " + name, isLost, verdict.text(), look.timeMs(), messages);
      boolean isOther = !verdict.ok() && !isLost;
      follow("new sound of " + name, isOther, verdict.text(), look.timeMs(), messages);
    }
    for (String line : look.setAside()) {
      if (toldOfAside.add(line)) {
        messages.add(new Message("set aside", line));
      }
    }
    disk(look.disk(), messages);
    return messages;
  }

  private void follow(
      String what, boolean isBad, String text, long timeMs, List<Message> messages) {
    Trouble trouble = troubles.get(what);
    if (!isBad) {
      troubles.remove(what);
      if (trouble != null && trouble.isTold) {
        messages.add(
            new Message(
                what + " is back",
                "%s is back after %s: %s".formatted(what, text(timeMs - trouble.sinceMs), text)));
      }
      return;
    }
    if (trouble == null) {
      trouble = new Trouble();
      trouble.sinceMs = timeMs;
      troubles.put(what, trouble);
    }
    if (!trouble.isTold && timeMs - trouble.sinceMs >= afterMs) {
      trouble.isTold = true;
      messages.add(new Message(what + " is lost", what + " is lost: " + text));
    }
  }

  private void disk(Look.Disk disk, List<Message> messages) {
    if (disk.isNearlyFull() && !isFullTold) {
      isFullTold = true;
      messages.add(
          new Message(
              "disk",
              "the disk is nearly full: %d MiB of %d MiB are free. Do: make room."
                  .formatted(disk.freeBytes() >> 20, disk.totalBytes() >> 20)));
    } else if (disk.hasRoom()) {
      isFullTold = false;
    }
  }

  /** A duration in words. */
  static String text(long ms) {
    long s = Math.round(ms / 1000.0);
    if (s < 120) {
      return s + " s";
    }
    return s < 7200 ? Math.round(s / 60.0) + " min" : "%.1f h".formatted(s / 3600.0);
  }

  /** What a stream is heard from, for the day's account. */
  static String state(JsonNode stream) {
    if (!stream.path("expected").asBoolean(true)) {
      return "muted";
    }
    return stream.path("flowing").asBoolean() ? stream.path("state").asText() : "silence";
  }
}
