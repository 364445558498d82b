package org.sonograph.launcher.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.launcher.Terminal;

/** Shows how far each take is: bars on a terminal, a line now and then elsewhere. */
final class Progress {
  private static final int MOST_BARS = 6;
  private static final int BAR_CHARS = 24;
  private static final Duration QUIET = Duration.ofSeconds(15);

  private final Terminal terminal;
  private final List<PlannedTake> takes;
  private final long begunNanos = System.nanoTime();
  private final Map<String, Long> firstArts = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private long spokenNanos = System.nanoTime();
  private String spoken = "";
  private final PaintPace pace = new PaintPace();
  private long paintedNow;

  Progress(Terminal terminal, List<PlannedTake> takes) {
    this.terminal = terminal;
    this.takes = takes;
  }

  /** Pictures painted since it was first shown. */
  long paintedNow() {
    return paintedNow;
  }

  /** How fast pictures came while it was shown. */
  PaintPace pace() {
    return pace;
  }

  /**
   * Shows the present state.
   *
   * @param measured number of pictures of takes that are measured
   */
  void show(OutFolder out, Map<String, Long> measured) {
    long doneBefore = firstArts.values().stream().mapToLong(Long::longValue).sum();
    long done = 0;
    long all = 0;
    List<String> bars = new ArrayList<>();
    int closed = 0;
    for (PlannedTake take : takes) {
      Optional<TrackFile> track = out.take(take.id());
      long pictures = pictures(take, track, measured);
      long arts = track.map(TrackFile::arts).orElse(0L);
      firstArts.putIfAbsent(take.id(), arts);
      done += arts;
      all += Math.max(arts, pictures);
      if (track.isPresent() && track.get().isClosed()) {
        closed++;
        tellClosed(take, track.get());
      } else if (track.isPresent() && bars.size() < MOST_BARS) {
        bars.add(bar(take, arts, track.get().chunksHeard(), pictures));
      }
    }
    pace.seen(done, System.nanoTime());
    paintedNow = done - firstArts.values().stream().mapToLong(Long::longValue).sum();
    String left = left(done - doneBefore, all - done);
    if (terminal.interactive()) {
      bars.add(
          "%d of %d takes done, %d of %d pictures%s"
              .formatted(closed, takes.size(), done, all, left));
      terminal.status(bars);
    } else {
      String line = "%d of %d pictures painted%s".formatted(done, all, left);
      boolean isDue = System.nanoTime() - spokenNanos > QUIET.toNanos();
      if (isDue && !line.equals(spoken)) {
        terminal.say(line);
        spoken = line;
        spokenNanos = System.nanoTime();
      }
    }
  }

  private static long pictures(
      PlannedTake take, Optional<TrackFile> track, Map<String, Long> measured) {
    long total = track.map(TrackFile::totalChunks).orElse(0L);
    if (total > 0) {
      return total;
    }
    // The notebook's one picture is made of many chunks of sound.
    return take.pictures() == 1 ? 1 : measured.getOrDefault(take.id(), take.pictures());
  }

  private void tellClosed(PlannedTake take, TrackFile track) {
    if (told.add(take.id())) {
      terminal.say("%s: %s".formatted(take.shown(), track.isComplete() ? "done" : track.state()));
    }
  }

  private String bar(PlannedTake take, long arts, long heard, long pictures) {
    double share = pictures == 0 ? 0 : Math.min(1, (arts + heard) / (2.0 * pictures));
    int full = (int) Math.round(share * BAR_CHARS);
    return "%s%s  %-24.24s %d/%d painted, %d heard"
        .formatted(
            "━".repeat(full), "·".repeat(BAR_CHARS - full), take.shown(), arts, pictures, heard);
  }

  private String left(long doneNow, long still) {
    double seconds = (System.nanoTime() - begunNanos) / 1e9;
    return doneNow < 2 || still <= 0
        ? ""
        : ", about " + Estimate.duration(seconds / doneNow * still) + " left";
  }
}
