package org.sonograph.gallery.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.LongConsumer;
import org.sonograph.signal.loudness.TruePeakLimiter;

/**
 * One stream's sound without end: pieces of its takes in, block after block out.
 *
 * <p>Every sample lies where it is due by the wall clock. The newest take that has begun is heard;
 * where it has nothing its stand-in, then earlier takes, then what was heard before. Any thread may
 * call it.
 */
public final class LivePlayer {
  /** Takes whose begins lie nearer than this belong together. */
  private static final double PAIR_MS = 1000;

  /** A piece that is due later than this is a mistake. */
  private static final double FARTHEST_MS = 15 * 60_000.0;

  /** Time of repeating after which what is kept of earlier hours is heard instead. */
  private static final double TIRING_SECONDS = 60;

  private static final double MEMORY_FADE_SECONDS = 0.5;
  private static final int MOST_TAKES = 16;
  private static final int BLOCKS_A_SWEEP = 100;

  private final OutputGrid grid;
  private final Controls controls;
  private final TruePeakLimiter limiter;
  private final LongConsumer freshnessMs;
  private final SequencedMap<String, LiveTake> takes = new LinkedHashMap<>();
  private final Map<String, Voice> voices = new HashMap<>();
  private final Map<Source.Kind, Long> frames = new EnumMap<>(Source.Kind.class);
  private final Ramp memoryShare = new Ramp(0);
  private final Memory memory;
  private SequencedSet<String> sounding = new LinkedHashSet<>();
  private Optional<LiveTake> leading = Optional.empty();
  private LivePiece heard;
  private LivePiece freshest;
  private long frame;
  private long lastTakeFrame;
  private double wallMs = Double.NaN;

  /**
   * A player.
   *
   * @param freshnessMs told, for each chunk that is heard in its place, how long after it was
   *     handed to the broker its first sample goes out, ms
   */
  public LivePlayer(OutputGrid grid, LongConsumer freshnessMs) {
    this(grid, freshnessMs, Memory.NONE);
  }

  /**
   * A player that remembers.
   *
   * @param memory what is heard before anything else is there, and where that repeats for long
   */
  LivePlayer(OutputGrid grid, LongConsumer freshnessMs, Memory memory) {
    this.grid = grid;
    this.memory = memory;
    this.controls = new Controls(grid);
    this.freshnessMs = freshnessMs;
    this.limiter = new TruePeakLimiter(grid.rateHz(), OutputGrid.CHANNELS);
    limiter.push(new float[OutputGrid.CHANNELS][limiter.delaySamples()]);
  }

  /**
   * Takes a piece.
   *
   * @return false if it was there already, lies too far ahead, or is a failure in an unknown take
   * @throws IllegalArgumentException where it does not fit its take
   */
  public synchronized boolean put(LivePiece piece) {
    LiveTake take = takes.get(piece.about().take());
    double dueMs = piece.time().beginMs() + piece.startSample() * 1000.0 / piece.rateHz();
    if (dueMs - wallMs > FARTHEST_MS || take == null && piece.sound().isEmpty()) {
      return false;
    }
    if (take == null) {
      take = new LiveTake(grid, piece);
      takes.put(piece.about().take(), take);
    }
    boolean isNew = take.put(piece);
    if (isNew && piece.sound().isPresent()) {
      lateSound(take, piece);
    }
    while (takes.size() > MOST_TAKES) {
      takes.pollFirstEntry();
    }
    return isNew;
  }

  private void lateSound(LiveTake take, LivePiece piece) {
    double dueMs = take.dueMs(piece.startSample() + piece.samples());
    Voice voice = voices.get(piece.reading());
    boolean isLate = dueMs < wallMs && piece.rateHz() == grid.rateHz();
    if (isLate && voice != null && voice.kind() == Source.Kind.REPEAT) {
      voice.tooLate(piece.sound().get());
    }
  }

  /**
   * The next block.
   *
   * @param blockMs when its first frame is heard, by the wall clock
   */
  synchronized LiveBlock render(double blockMs) {
    // what goes into the limiter now leaves it later
    wallMs = blockMs + limiter.delaySamples() * 1000.0 / grid.rateHz();
    takes.values().forEach(take -> take.goTo(frame, wallMs));
    List<LiveTake> ranked = ranked();
    leading = ranked.stream().filter(take -> take.canLead(frame)).findFirst().or(() -> leading);
    leading.ifPresent(take -> sounding = new LinkedHashSet<>(take.about().readings()));
    sounding.forEach(name -> voices.computeIfAbsent(name, n -> new Voice(grid, n)));
    Map<String, float[][]> parts = new LinkedHashMap<>();
    float[][] mixed = new float[OutputGrid.CHANNELS][grid.blockFrames()];
    for (Map.Entry<String, Voice> voice : voices.entrySet()) {
      float[][] part = new float[OutputGrid.CHANNELS][grid.blockFrames()];
      if (sounding.contains(voice.getKey())) {
        voice.getValue().render(frame, ranked, part);
      } else {
        voice.getValue().end(frame, part);
      }
      controls.weigh(voice.getKey(), sounding, part);
      add(mixed, part);
      parts.put(voice.getKey(), part);
    }
    voices.entrySet().removeIf(v -> !sounding.contains(v.getKey()) && v.getValue().isSilent());
    tellFreshness();
    LiveBlock block = finish(mixed, parts);
    frame += grid.blockFrames();
    if (frame / grid.blockFrames() % BLOCKS_A_SWEEP == 0) {
      sweep();
    }
    return block;
  }

  private LiveBlock finish(float[][] mixed, Map<String, float[][]> parts) {
    float[][] sum = new float[][] {mixed[0].clone(), mixed[1].clone()};
    remember(sum, parts);
    frames.merge(kind(), (long) grid.blockFrames(), Long::sum);
    float[] master = controls.master(grid.blockFrames());
    Ramp.weigh(sum, master);
    parts.values().forEach(part -> Ramp.weigh(part, master));
    return new LiveBlock(limiter.push(sum), mixed, parts, kind(), heardFirst());
  }

  /** What the first frame that leaves the limiter is. */
  private Heard heardFirst() {
    Source.Kind kind = kind();
    long first = frame - limiter.delaySamples();
    Optional<LiveTake> take = kind == Source.Kind.MEMORY ? Optional.empty() : heardTake();
    return take.filter(t -> t.hasBegun(first))
        .map(t -> t.heardAt(first, kind))
        .orElse(Heard.ofNoTake(kind));
  }

  /** Lets what is kept of earlier hours take the place of what would be silence or tiring. */
  private void remember(float[][] sum, Map<String, float[][]> parts) {
    Source.Kind kind = bestKind();
    boolean isTiring =
        kind == Source.Kind.REPEAT && frame - lastTakeFrame > grid.frames(TIRING_SECONDS);
    int fade = grid.frames(MEMORY_FADE_SECONDS);
    long least = memoryShare.target() > 0 ? fade + 2L * grid.blockFrames() : 4L * fade;
    boolean isThere = memory.ahead() >= least;
    boolean isNeeded = kind == Source.Kind.SILENCE || isTiring;
    memoryShare.to(isNeeded && isThere ? 1 : 0, fade);
    if (memoryShare.isAtRest() && memoryShare.value() == 0) {
      return;
    }
    float[][] remembered = new float[OutputGrid.CHANNELS][grid.blockFrames()];
    memory.read(remembered);
    float[] others = new float[grid.blockFrames()];
    float[] share = new float[grid.blockFrames()];
    for (int i = 0; i < others.length; i++) {
      double angle = memoryShare.step() * Math.PI / 2;
      share[i] = (float) Math.sin(angle);
      others[i] = (float) Math.cos(angle);
    }
    Ramp.weigh(remembered, share);
    Ramp.weigh(sum, others);
    parts.values().forEach(part -> Ramp.weigh(part, others));
    add(sum, remembered);
  }

  /** Takes that have begun, as voices should be heard from them, best first. */
  private List<LiveTake> ranked() {
    List<LiveTake> begun = new ArrayList<>();
    double newest = Double.NEGATIVE_INFINITY;
    for (LiveTake take : takes.values()) {
      if (take.hasBegun(frame)) {
        begun.add(take);
        newest = Math.max(newest, take.beginMs());
      }
    }
    double pair = newest - PAIR_MS;
    begun.sort(
        Comparator.comparing((LiveTake t) -> t.beginMs() < pair)
            .thenComparing(t -> t.beginMs() < pair ? -t.beginMs() : 0)
            .thenComparing(t -> t.about().standIn()));
    return begun;
  }

  private static void add(float[][] sum, float[][] part) {
    for (int c = 0; c < sum.length; c++) {
      for (int i = 0; i < sum[c].length; i++) {
        sum[c][i] += part[c][i];
      }
    }
  }

  /** The take that is heard now. */
  private Optional<LiveTake> heardTake() {
    return sounding.stream()
        .map(voices::get)
        .filter(voice -> voice != null && voice.kind().isTake())
        .findFirst()
        .flatMap(voice -> takes.values().stream().filter(voice::reads).findFirst());
  }

  private void tellFreshness() {
    Optional<LiveTake> take = heardTake();
    if (take.isEmpty()) {
      return;
    }
    lastTakeFrame = frame;
    Optional<LivePiece> now = take.get().heard(frame);
    if (now.isPresent() && !now.get().equals(heard)) {
      heard = now.get();
      boolean isFirst =
          freshest == null || !freshest.isSameTake(heard) || heard.chunk() > freshest.chunk();
      if (!heard.about().standIn() && heard.time().closedMs() > 0 && isFirst) {
        freshest = heard;
        freshnessMs.accept(Math.round(wallMs) - heard.time().closedMs());
      }
    }
  }

  private void sweep() {
    takes.values().forEach(take -> take.forget(frame));
    takes
        .values()
        .removeIf(
            take ->
                leading.isPresent()
                    && leading.get().beginMs() - PAIR_MS > take.beginMs()
                    && take.isPast(frame)
                    && voices.values().stream().noneMatch(voice -> voice.reads(take)));
  }

  /** What is heard now: the worst of what its readings come from. */
  synchronized Source.Kind kind() {
    return memoryShare.target() > 0 ? Source.Kind.MEMORY : voicesKind();
  }

  /** Whether anything is heard, of whatever age. */
  public synchronized boolean isSounding() {
    return memoryShare.target() > 0 || bestKind() != Source.Kind.SILENCE;
  }

  private Source.Kind bestKind() {
    return sounding.stream()
        .map(voices::get)
        .map(voice -> voice == null ? Source.Kind.SILENCE : voice.kind())
        .min(Comparator.naturalOrder())
        .orElse(Source.Kind.SILENCE);
  }

  private Source.Kind voicesKind() {
    return sounding.stream()
        .map(voices::get)
        .map(voice -> voice == null ? Source.Kind.SILENCE : voice.kind())
        .max(Comparator.naturalOrder())
        .orElse(Source.Kind.SILENCE);
  }

  /** How it is doing. */
  public synchronized StreamState state() {
    Source.Kind kind = kind();
    double since = (double) (frame - lastTakeFrame) / grid.rateHz();
    long ahead =
        sounding.stream()
            .map(voices::get)
            .mapToLong(voice -> voice == null ? 0 : voice.ahead(frame))
            .min()
            .orElse(0);
    boolean isTake = heard != null && kind.isTake();
    double behind = heard == null ? 0 : heard.time().behindMs() / 1000;
    return new StreamState(
        kind,
        isTake ? heard.about().take() : "",
        isTake ? heard.chunk() : 0,
        leading.map(take -> take.about().title()).orElse(""),
        behind == 0 || isTake ? behind : behind + since,
        (double) ahead / grid.rateHz(),
        since);
  }

  /** The chunk that is heard, or was heard last, without its sound. */
  synchronized Optional<LivePiece> heardPiece() {
    return Optional.ofNullable(heard);
  }

  /** Frames that were heard from such a source so far. */
  public synchronized long frames(Source.Kind kind) {
    return frames.getOrDefault(kind, 0L);
  }

  /** Readings that are heard. */
  public synchronized List<String> readings() {
    return List.copyOf(sounding);
  }

  /** Level of everything, 0 to 1. */
  public synchronized void volume(double level) {
    controls.volume(level);
  }

  public synchronized double volume() {
    return controls.volume();
  }

  /** Level of this hour, 0 to 1, by which everything is weighed. */
  synchronized void hour(double level) {
    controls.hour(level);
  }

  synchronized double hour() {
    return controls.hour();
  }

  /** Fades to silence, or back. */
  public synchronized void panic(boolean silence) {
    controls.panic(silence);
  }

  /** Whether nothing is to be heard because somebody wants so. */
  public synchronized boolean isMuted() {
    return controls.isMuted();
  }

  public synchronized boolean isPanic() {
    return controls.isPanic();
  }

  /** Gains of readings by their names; others keep theirs. */
  public synchronized void mix(Map<String, Double> gains) {
    controls.mix(gains);
  }

  public synchronized Map<String, Double> mix() {
    return controls.mix();
  }
}
