package org.sonograph.launcher.watch;

import java.util.OptionalDouble;
import org.sonograph.runtime.PipelineCounts;

/**
 * How fast records come to a stage and leave it, a second.
 *
 * @param in records that came; empty where offsets do not tell
 * @param out records it is done with; empty where offsets do not tell
 */
record Rates(OptionalDouble in, OptionalDouble out) {
  private static final double MS_A_SECOND = 1000;
  private static final Rates UNKNOWN = new Rates(OptionalDouble.empty(), OptionalDouble.empty());

  /** Rates of a stage between two looks. */
  static Rates of(String stage, PipelineState before, PipelineState now) {
    double seconds = (now.timeMs() - before.timeMs()) / MS_A_SECOND;
    if (seconds <= 0) {
      return UNKNOWN;
    }
    PipelineCounts a = before.counts();
    PipelineCounts b = now.counts();
    double sent = Math.max(0, b.sent() - a.sent()) / seconds;
    double drawn = Math.max(0, b.drawn() - a.drawn()) / seconds;
    double painted = Math.max(0, b.painted() - a.painted()) / seconds;
    double decoded = Math.max(0, b.decoded() - a.decoded()) / seconds;
    if (stage.equals(PipelineState.SPECTROGRAM)) {
      return of(sent, drawn);
    }
    if (stage.equals(PipelineState.DIFFUSION)) {
      return of(drawn, painted);
    }
    return stage.equals(PipelineState.DECODER) ? of(painted, decoded) : UNKNOWN;
  }

  private static Rates of(double in, double out) {
    return new Rates(OptionalDouble.of(in), OptionalDouble.of(out));
  }
}
