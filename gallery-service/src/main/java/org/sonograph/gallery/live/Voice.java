package org.sonograph.gallery.live;

import java.util.List;
import java.util.Optional;
import org.sonograph.signal.seam.Crossfade;

/**
 * One reading of a stream as it is heard: from the best take that has sound, from what was heard
 * before where none has, and always by a crossfade from one to the other.
 */
final class Voice {
  private static final double RING_SECONDS = 12;
  private static final double SHORTEST_REPEAT_SECONDS = 0.2;

  /** Opposites cancel each other in the middle of a fade, whatever the law: below this they may. */
  private static final double LEAST_RHO = -0.7;

  private static final Source NOTHING = new Source.Nothing();

  private final OutputGrid grid;
  private final String reading;
  private final HeardRing heard;
  private final float[][] fading;
  private Source current = NOTHING;
  private Optional<Source> previous = Optional.empty();
  private Optional<float[][]> newer = Optional.empty();
  private Optional<float[][]> repeated = Optional.empty();
  private long fadeFrom;
  private double rho;
  private int usualFrames;

  Voice(OutputGrid grid, String reading) {
    this.grid = grid;
    this.reading = reading;
    this.heard = new HeardRing(grid.frames(RING_SECONDS));
    this.fading = new float[OutputGrid.CHANNELS][grid.blockFrames()];
    this.usualFrames = grid.frames(RING_SECONDS);
  }

  Source.Kind kind() {
    return current.kind();
  }

  /** Whether nothing is heard of it. */
  boolean isSilent() {
    return current == NOTHING && previous.isEmpty();
  }

  /** Whether it is heard from this take. */
  boolean reads(LiveTake take) {
    return take.track(reading)
        .filter(track -> isOn(current, track) || previous.filter(p -> isOn(p, track)).isPresent())
        .isPresent();
  }

  private static boolean isOn(Source source, Track track) {
    return source instanceof TakeSource t && t.track() == track;
  }

  /** Frames of sound that are there from a frame on, of what is heard now; 0 of a repeat. */
  long ahead(long frame) {
    return current instanceof TakeSource t ? t.ahead(frame) : 0;
  }

  /** Takes a piece that came too late to be heard in its place: it is newer than what repeats. */
  void tooLate(float[][] sound) {
    newer = Optional.of(sound);
  }

  /**
   * Fills a block.
   *
   * @param takes where it may be heard from, best first
   */
  void render(long frame, List<LiveTake> takes, float[][] out) {
    if (previous.isEmpty()) {
      turnTo(choose(frame, takes), frame);
    }
    fill(frame, out);
  }

  /** Fills a block of a voice that is not wanted any more: it fades to silence. */
  void end(long frame, float[][] out) {
    if (previous.isEmpty()) {
      turnTo(NOTHING, frame);
    }
    fill(frame, out);
  }

  private void fill(long frame, float[][] out) {
    int count = grid.blockFrames();
    current.read(frame, out, count);
    if (previous.isPresent()) {
      previous.get().read(frame, fading, count);
      dissolve(frame, out, count);
    }
    if (current instanceof TakeSource) {
      heard.push(out, count);
    }
  }

  private Source choose(long frame, List<LiveTake> takes) {
    for (LiveTake take : takes) {
      Optional<TakeSource> source = take.source(reading);
      if (source.isPresent()) {
        boolean isSame = source.get().equals(current);
        if (isSame
            ? source.get().ahead(frame) >= TakeSource.leastFrames(grid)
            : source.get().isWorthTurningTo(grid, frame)) {
          usualFrames = source.get().usualFrames();
          return source.get();
        }
      }
    }
    return again(frame);
  }

  private Source again(long frame) {
    if (current.kind() == Source.Kind.REPEAT && newer.isEmpty()) {
      return current;
    }
    float[][] material = newer.orElseGet(this::lastHeard);
    newer = Optional.empty();
    return material[0].length < grid.frames(SHORTEST_REPEAT_SECONDS)
        ? NOTHING
        : RepeatLoop.after(grid, current, material, frame);
  }

  /** What was heard last without a break; where that is short, what was repeated before it. */
  private float[][] lastHeard() {
    float[][] last = heard.last(Math.max(usualFrames, grid.frames(SHORTEST_REPEAT_SECONDS)));
    return last[0].length < usualFrames / 2 ? repeated.orElse(last) : last;
  }

  private void turnTo(Source next, long frame) {
    if (next.equals(current)) {
      return;
    }
    int count = grid.fadeFrames();
    float[][] before = new float[OutputGrid.CHANNELS][count];
    float[][] after = new float[OutputGrid.CHANNELS][count];
    current.read(frame, before, count);
    next.read(frame, after, count);
    rho = Math.max(LEAST_RHO, Likeness.of(before, 0, after, 0, count));
    previous = Optional.of(current);
    current = next;
    fadeFrom = frame;
    if (next instanceof TakeSource) {
      newer = Optional.empty();
      if (previous.get() instanceof RepeatLoop loop) {
        repeated = Optional.of(loop.material());
      }
      if (!(previous.get() instanceof TakeSource)) {
        heard.clear();
      }
    }
  }

  private void dissolve(long frame, float[][] out, int count) {
    int length = grid.fadeFrames();
    for (int i = 0; i < count; i++) {
      double x = (frame + i - fadeFrom + 0.5) / length;
      double norm = Crossfade.norm(x, rho);
      for (int c = 0; c < out.length; c++) {
        out[c][i] = (float) ((out[c][i] * x + fading[c][i] * (1 - x)) / norm);
      }
    }
    if (frame + count >= fadeFrom + length) {
      previous = Optional.empty();
    }
  }
}
