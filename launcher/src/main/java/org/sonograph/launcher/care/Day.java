package org.sonograph.launcher.care;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.SetAside;
import org.sonograph.runtime.files.WholeFile;

/**
 * The account of a day: for how long each stream was heard from what, how often the process began,
 * what was set aside. It is kept in a file, so that it goes on after a restart.
 */
final class Day {
  private static final Logger LOG = LoggerFactory.getLogger(Day.class);
  private static final String DATE = "date";
  private static final String STARTS = "starts";
  private static final String ASIDE = "set-aside";
  private static final String HEARD = "heard.";
  private static final long LONGEST_STEP_MS = 60_000;
  private static final List<String> ORDER =
      List.of("live", "stand-in", "repeat", "memory", "silence", "muted");
  private static final Map<String, String> WORDS =
      Map.of("stand-in", "unpainted", "repeat", "repeated", "memory", "from memory");

  private final Path file;
  private final ZoneId zone;
  private final Map<String, Long> numbers = new TreeMap<>();
  private LocalDate date;
  private long lastMs;
  private int asideBefore;

  /** Goes on with a day's account, or begins one. */
  Day(Path file, ZoneId zone, long nowMs) {
    this.file = file;
    this.zone = zone;
    this.date = date(nowMs);
    this.lastMs = nowMs;
    read();
    numbers.merge(STARTS, 1L, Long::sum);
  }

  private LocalDate date(long ms) {
    return Instant.ofEpochMilli(ms).atZone(zone).toLocalDate();
  }

  /**
   * Takes a look into account.
   *
   * @param memoryBytes memory of all processes
   * @return the line of the day before, where that has just ended and a stream was heard in it
   */
  Optional<String> add(Look look, long memoryBytes) {
    Optional<String> line = Optional.empty();
    if (!date(look.timeMs()).equals(date)) {
      line = line(look.disk(), memoryBytes);
      numbers.clear();
      date = date(look.timeMs());
    }
    long step = Math.clamp(look.timeMs() - lastMs, 0, LONGEST_STEP_MS);
    lastMs = look.timeMs();
    for (JsonNode stream : look.streams()) {
      numbers.merge(
          HEARD + stream.path("name").asText() + "." + Happenings.state(stream), step, Long::sum);
    }
    numbers.merge(ASIDE, (long) look.setAside().size() - asideBefore, Long::sum);
    asideBefore = look.setAside().size();
    return line;
  }

  /** The day in one line; none where no stream was. */
  Optional<String> line(Look.Disk disk, long memoryBytes) {
    TreeMap<String, TreeMap<String, Long>> heard = new TreeMap<>();
    numbers.forEach(
        (name, ms) -> {
          if (name.startsWith(HEARD)) {
            int dot = name.lastIndexOf('.');
            heard
                .computeIfAbsent(name.substring(HEARD.length(), dot), stream -> new TreeMap<>())
                .put(name.substring(dot + 1), ms);
          }
        });
    if (heard.isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    heard.forEach((stream, states) -> parts.add(stream + " " + hours(states)));
    parts.add("%d starts".formatted(numbers.getOrDefault(STARTS, 0L)));
    parts.add("%d set aside".formatted(numbers.getOrDefault(ASIDE, 0L)));
    parts.add("%d MiB of memory".formatted(memoryBytes >> 20));
    parts.add("%d MiB of disk free".formatted(disk.freeBytes() >> 20));
    return Optional.of("report of %s: %s".formatted(date, String.join("; ", parts)));
  }

  private static String hours(Map<String, Long> states) {
    List<String> parts = new ArrayList<>();
    for (String state : ORDER) {
      if (states.containsKey(state)) {
        parts.add(
            String.format(
                Locale.ROOT,
                "%s %.2f h",
                WORDS.getOrDefault(state, state),
                states.get(state) / 3_600_000.0));
      }
    }
    return String.join(", ", parts);
  }

  /** Keeps the account, whole or not at all. */
  void write() throws IOException {
    Properties kept = new Properties();
    kept.setProperty(DATE, date.toString());
    numbers.forEach((name, number) -> kept.setProperty(name, number.toString()));
    StringWriter text = new StringWriter();
    kept.store(text, null);
    WholeFile.write(file, text.toString());
  }

  private void read() {
    Properties kept = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      kept.load(in);
      LocalDate of = LocalDate.parse(kept.getProperty(DATE, ""));
      Map<String, Long> found = new TreeMap<>();
      for (String name : kept.stringPropertyNames()) {
        if (!name.equals(DATE)) {
          found.put(name, Long.parseLong(kept.getProperty(name)));
        }
      }
      date = of;
      numbers.putAll(found);
    } catch (NoSuchFileException e) {
      LOG.debug("the first day");
    } catch (IOException | RuntimeException e) {
      try {
        SetAside.move(file, "it is no account of a day: " + e.getMessage());
      } catch (IOException stays) {
        LOG.warn("{} cannot be set aside: {}", file, stays.getMessage());
      }
    }
  }
}
