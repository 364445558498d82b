package org.sonograph.launcher.watch;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.sonograph.runtime.PipelineCounts;
import org.sonograph.runtime.meters.Carrier;

/**
 * The pipeline at a moment.
 *
 * @param timeMs when
 * @param stages in the order of the pipeline
 * @param counts how many records have gone through
 * @param secondsAChunk sound that one more chunk adds; 0 = not known
 * @param news what became of takes and records lately
 */
public record PipelineState(
    long timeMs, List<Stage> stages, PipelineCounts counts, double secondsAChunk, News news) {
  static final String SPECTROGRAM = Carrier.SPECTROGRAM.text();
  static final String DIFFUSION = Carrier.DIFFUSION.text();
  static final String DECODER = Carrier.DECODER.text();
  static final String GALLERY = Carrier.GALLERY.text();

  /** A rate of fewer pictures is none. */
  private static final int FEWEST = 2;

  private static final double MS_A_SECOND = 1000;

  /**
   * One stage.
   *
   * @param name name of its service
   * @param waiting records waiting for it or under way in it
   * @param processes who works for it
   */
  public record Stage(String name, long waiting, Set<String> processes) {
    public Stage {
      processes = Collections.unmodifiableSortedSet(new TreeSet<>(processes));
    }
  }

  /**
   * What became of takes and records.
   *
   * @param openTakes takes that are not closed
   * @param closedTakes takes that are
   * @param failedRecords terminal records that are failures, of takes closed in the last day
   * @param deadLetters dead letters of the last day
   * @param lastLetter topic, stage and code of the newest of them; empty where there is none
   */
  public record News(
      long openTakes, long closedTakes, long failedRecords, long deadLetters, String lastLetter) {}

  public PipelineState {
    stages = List.copyOf(stages);
  }

  Stage stage(String name) {
    return stages.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** Records that are still to become painted pictures. */
  long toPaint() {
    return stage(SPECTROGRAM).waiting() + stage(DIFFUSION).waiting();
  }

  /** Records waiting anywhere. */
  long waiting() {
    return stages.stream().mapToLong(Stage::waiting).sum();
  }

  /** Pictures painted a second, since the first of the last minutes; empty where too few were. */
  OptionalDouble paintedPerSecond() {
    PipelineCounts.Recent recent = counts.recent();
    double seconds = (timeMs - recent.firstMs()) / MS_A_SECOND;
    return recent.count() < FEWEST || recent.firstMs() <= 0 || seconds <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(recent.count() / seconds);
  }

  /** Time until everything that waits is painted, s; empty where nobody can tell. */
  OptionalDouble etaSeconds() {
    OptionalDouble rate = paintedPerSecond();
    return rate.isEmpty() ? rate : OptionalDouble.of(toPaint() / rate.getAsDouble());
  }
}
