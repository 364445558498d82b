package org.sonograph.signal.phase;

/**
 * Phases from magnitudes alone, by phase-gradient heap integration (Průša, Balazs, Søndergaard: A
 * Noniterative Method for Reconstruction of Phase From STFT Magnitude, 2017, eqs. 19 to 24), with
 * stacks by level in place of the heap. How a phase grows from frame to frame and from bin to bin
 * follows from how the logarithm of the magnitude falls off in the other direction; growth is
 * summed from the loudest place outward, along the loudest way.
 *
 * <p>Every place where a summation begins has the phase that a steady tone there would have had,
 * counted from the track's start; and what a picture shares with its neighbours is summed on its
 * own before the rest: neighbouring pictures agree where they overlap.
 */
public final class GradientPhase {
  /**
   * The Gaussian nearest to a Hann window of length L has this times L² as time-frequency ratio.
   */
  private static final double HANN_GAMMA = 0.25645;

  /** Below this share of the loudest place phases are random. */
  private static final double TOLERANCE = 1e-6;

  private final int frames;
  private final int bins;
  private final double binHops;
  private final double ratio;
  private final float[] log;
  private final float[] phase;
  private final boolean[] known;
  private final LevelQueue queue;

  private GradientPhase(double[][] magnitudes, Settings settings) {
    int nFft = settings.nFft;
    int hopSamples = settings.hopSamples;
    this.frames = magnitudes.length;
    this.bins = magnitudes[0].length;
    this.binHops = (double) hopSamples / nFft;
    this.ratio = HANN_GAMMA * nFft / hopSamples;
    this.log = new float[Math.multiplyExact(frames, bins)];
    this.phase = new float[log.length];
    this.known = new boolean[log.length];
    double loudest = 0;
    for (double[] frame : magnitudes) {
      for (double v : frame) {
        loudest = Math.max(loudest, v);
      }
    }
    double least = Math.max(loudest * TOLERANCE, Double.MIN_NORMAL);
    for (int f = 0; f < frames; f++) {
      for (int k = 0; k < bins; k++) {
        log[f * bins + k] = (float) Math.log(Math.max(magnitudes[f][k], least));
        known[f * bins + k] = magnitudes[f][k] <= least;
      }
    }
    this.queue = new LevelQueue(log);
  }

  /**
   * What the frames are.
   *
   * @param nFft samples of a frame; its window is Hann's
   * @param hopSamples samples from frame to frame
   * @param firstFrame place of frame 0 in its track
   * @param margin frames at both ends that only repeat their neighbour
   * @param shared frames next to them, at both ends, that neighbouring pictures share
   */
  public record Settings(int nFft, int hopSamples, long firstFrame, int margin, int shared) {}

  /**
   * Phases of a transform whose frames are counted from their window's first sample, as {@link
   * org.sonograph.signal.transform.Stft} has them.
   *
   * @param magnitudes {@code [frame][bin]}, linear, not negative
   * @param seed of the phases where there is next to nothing
   */
  public static InitialPhase of(double[][] magnitudes, Settings settings, long seed) {
    GradientPhase found = new GradientPhase(magnitudes, settings);
    boolean[] faint = found.known.clone();
    int[] order = found.queue.order();
    int inner = magnitudes.length - 2 * settings.margin - 2 * settings.shared;
    if (settings.shared > 0 && inner > 0) {
      int head = settings.margin + settings.shared;
      found.integrate(order, new Span(settings.margin, head, settings.firstFrame));
      int tail = head + inner;
      found.integrate(order, new Span(tail, tail + settings.shared, settings.firstFrame));
      for (int at = 0; at < faint.length; at++) {
        if (found.known[at] && !faint[at]) {
          found.queue.push(at);
        }
      }
    }
    found.integrate(order, new Span(0, magnitudes.length, settings.firstFrame));
    float[] phase = found.phase;
    for (int at = 0; at < faint.length; at++) {
      if (faint[at]) {
        int frame = at / found.bins;
        int bin = at - frame * found.bins;
        phase[at] = (float) InitialPhase.absolute(seed, settings.firstFrame + frame, bin);
      }
    }
    int bins = found.bins;
    return (frame, re, im) -> {
      for (int k = 0; k < re.length; k++) {
        float angle = phase[frame * bins + k];
        re[k] = Math.cos(angle);
        im[k] = Math.sin(angle);
      }
    };
  }

  /** Frames that are summed on their own, as if nothing lay beside them. */
  private record Span(int from, int until, long firstFrame) {}

  private void integrate(int[] order, Span span) {
    spread(span);
    for (int start : order) {
      int frame = start / bins;
      if (known[start] || frame < span.from || frame >= span.until) {
        continue;
      }
      int bin = start - frame * bins;
      double turns = alongTime(start, bin) / (2 * Math.PI) * (span.firstFrame + frame);
      double centre = -Math.PI * bin;
      reach(start, 2 * Math.PI * (turns - Math.floor(turns)) + centre);
      spread(span);
    }
  }

  private void spread(Span span) {
    for (int at = queue.pop(); at >= 0; at = queue.pop()) {
      int f = at / bins;
      int k = at - f * bins;
      if (f + 1 < span.until && !known[at + bins]) {
        reach(at + bins, phase[at] + (alongTime(at, k) + alongTime(at + bins, k)) / 2);
      }
      if (f > span.from && !known[at - bins]) {
        reach(at - bins, phase[at] - (alongTime(at, k) + alongTime(at - bins, k)) / 2);
      }
      if (k + 1 < bins && !known[at + 1]) {
        reach(
            at + 1,
            phase[at] + (alongFrequency(at, f, span) + alongFrequency(at + 1, f, span)) / 2);
      }
      if (k > 0 && !known[at - 1]) {
        reach(
            at - 1,
            phase[at] - (alongFrequency(at, f, span) + alongFrequency(at - 1, f, span)) / 2);
      }
    }
  }

  /** Growth of the phase from a frame to the next, radians. */
  private double alongTime(int at, int k) {
    double slope =
        k == 0
            ? log[at + Math.min(1, bins - 1)] - log[at]
            : k == bins - 1 ? log[at] - log[at - 1] : (log[at + 1] - log[at - 1]) / 2;
    return slope / ratio + 2 * Math.PI * binHops * k;
  }

  /** Growth of the phase from a bin to the next, radians; a frame's centre is half a window in. */
  private double alongFrequency(int at, int f, Span span) {
    int before = f > span.from ? at - bins : at;
    int after = f + 1 < span.until ? at + bins : at;
    return -ratio * (log[after] - log[before]) / 2 - Math.PI;
  }

  private void reach(int at, double value) {
    // whole turns go, so that single precision keeps its digits
    phase[at] = (float) (value - 2 * Math.PI * Math.rint(value / (2 * Math.PI)));
    known[at] = true;
    queue.push(at);
  }
}
