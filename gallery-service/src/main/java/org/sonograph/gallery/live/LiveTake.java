package org.sonograph.gallery.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** One take of a stream: the sound of its readings, and where the output is in it. */
final class LiveTake {
  /** An error beyond this is made up for by a leap, which is crossfaded. */
  static final double LEAP_SECONDS = 0.5;

  private static final int BEGINS = 9;

  private final OutputGrid grid;
  private final LivePiece.About about;
  private final int rateHz;
  private final Map<String, Track> tracks = new HashMap<>();
  private final Deque<Double> begins = new ArrayDeque<>();
  private final NavigableMap<Long, LivePiece> chunks = new TreeMap<>();
  private Optional<TakeClock> clock = Optional.empty();
  private double firstBeginMs = Double.NaN;
  private long newestChunk = -1;
  private boolean hasLed;

  LiveTake(OutputGrid grid, LivePiece first) {
    this.grid = grid;
    this.about = first.about();
    this.rateHz = first.rateHz();
  }

  LivePiece.About about() {
    return about;
  }

  /** When the take begins, as its first chunk said; not a number before one did. */
  double beginMs() {
    return firstBeginMs;
  }

  /** When a sample is due by what is known now. */
  double dueMs(long sample) {
    return medianBegin() + sample * 1000.0 / rateHz;
  }

  Optional<Track> track(String reading) {
    return Optional.ofNullable(tracks.get(reading));
  }

  /** What a voice reads; empty before anything is due. */
  Optional<TakeSource> source(String reading) {
    Track track = tracks.get(reading);
    if (track == null || clock.isEmpty()) {
      return Optional.empty();
    }
    Source.Kind kind = about.standIn() ? Source.Kind.STAND_IN : Source.Kind.LIVE;
    return Optional.of(new TakeSource(kind, track, clock.get()));
  }

  /** Takes a piece; false if it was there. */
  boolean put(LivePiece piece) {
    if (piece.rateHz() != rateHz) {
      throw new IllegalArgumentException(
          "rateHz=%d, expected %d as before (take=%s chunk=%d)"
              .formatted(piece.rateHz(), rateHz, about.take(), piece.chunk()));
    }
    Track track = tracks.computeIfAbsent(piece.reading(), name -> new Track(rateHz));
    if (piece.sound().isEmpty()) {
      track.fail(piece.startSample(), piece.samples());
      return true;
    }
    double begin = piece.time().beginMs();
    if (!Double.isNaN(begin) && piece.chunk() > newestChunk) {
      newestChunk = piece.chunk();
      firstBeginMs = Double.isNaN(firstBeginMs) ? begin : firstBeginMs;
      begins.addLast(begin);
      if (begins.size() > BEGINS) {
        begins.removeFirst();
      }
    }
    chunks.putIfAbsent(piece.startSample(), piece.withoutSound());
    return track.put(piece.startSample(), piece.sound().get());
  }

  /**
   * Goes to a frame of the output.
   *
   * @param wallMs when that frame is heard
   */
  void goTo(long frame, double wallMs) {
    if (begins.isEmpty()) {
      return;
    }
    double due = (wallMs - medianBegin()) / 1000 * rateHz;
    double error = clock.map(c -> (due - c.position(frame)) / rateHz).orElse(Double.MAX_VALUE);
    if (Math.abs(error) > LEAP_SECONDS) {
      clock = Optional.of(new TakeClock((double) rateHz / grid.rateHz(), frame, due));
    } else {
      clock.get().steer(frame, error);
    }
  }

  /** Whether its first sample has been due. */
  boolean hasBegun(long frame) {
    return clock.isPresent() && clock.get().position(frame) >= 0;
  }

  /** Whether something of it has been there to be heard: before, an earlier take goes on. */
  boolean canLead(long frame) {
    hasLed =
        hasLed
            || about.readings().stream()
                .flatMap(reading -> source(reading).stream())
                .anyMatch(source -> source.isWorthTurningTo(grid, frame));
    return hasLed;
  }

  /** Sample heard at a frame; below 0 before the take begins. */
  double position(long frame) {
    return clock.map(c -> c.position(frame)).orElse(-1.0);
  }

  /** Where in the take a frame is. */
  Heard heardAt(long frame, Source.Kind kind) {
    long chunk = heard(frame).map(LivePiece::chunk).orElse(0L);
    return new Heard(kind, about.take(), chunk, position(frame) / rateHz);
  }

  /** The chunk that is heard at a frame, without its sound. */
  Optional<LivePiece> heard(long frame) {
    Map.Entry<Long, LivePiece> chunk = chunks.floorEntry((long) Math.max(0, position(frame)));
    return Optional.ofNullable(chunk).map(Map.Entry::getValue);
  }

  /** Whether nothing of it can be heard any more unless more comes. */
  boolean isPast(long frame) {
    return clock.isPresent() && tracks.values().stream().allMatch(t -> t.end() <= position(frame));
  }

  /** Drops sound that is past by more than a second. */
  void forget(long frame) {
    long before = (long) position(frame) - rateHz;
    tracks.values().forEach(track -> track.forget(before));
    Long kept = chunks.floorKey(Math.max(0, before));
    if (kept != null) {
      chunks.headMap(kept, false).clear();
    }
  }

  private double medianBegin() {
    List<Double> sorted = begins.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) / 2);
  }
}
