package org.sonograph.ingest.live;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.ingest.recipe.Recipe;
import org.sonograph.runtime.Hours;
import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.Undiffused;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * One stream at work: its source, what takes its place, the chunks at their pace, and the quality
 * that can be afforded. The stream's own thread does all of it; other threads ask and wish.
 */
final class LiveStream implements TerminalWatch.Watched, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
  private static final int BLOCK = 960;
  private static final Duration GLANCE = Duration.ofMillis(10);
  private static final long STEER_NANOS = 500_000_000;
  private static final int RING_SECONDS = 30;
  private static final int LOOP_SECONDS = 120;

  /** After such a pause nobody wants what was missed. */
  private static final double LONGEST_STALL_SECONDS = 10;

  private static final long JOIN_MS = 3_000;
  private static final double MS_A_SECOND = 1000;

  private final StreamPlan plan;
  private final Map<String, List<String>> base;
  private final LiveSource source;
  private final LiveSender sender;
  private final LiveMeters meters;
  private final Hours hours;
  private final String decodedBy;
  private final int rateHz;
  private final SoundRing ring;
  private final Inlet inlet;
  private final Replacement replacement;
  private final EndlessFeed feed;
  private final Timeliness timeliness;
  private final Thread thread;
  private volatile Wish wish;
  private volatile String take = "";
  private volatile boolean isThere;
  private volatile boolean isResting;
  private volatile long chunks;
  private volatile boolean isClosed;
  private SourceClock clock;

  /** What is wished for, and what that comes to. */
  private record Wish(Map<String, List<String>> options, Interpretation interpretation) {}

  /** What all streams of a process share. */
  record Shared(
      LiveSender sender,
      LiveMeters meters,
      Sources sources,
      Map<String, List<String>> recipe,
      Hours hours) {}

  /** Begins at once. */
  LiveStream(StreamPlan plan, Shared shared) {
    this.plan = plan;
    this.base = shared.recipe();
    this.sender = shared.sender();
    this.meters = shared.meters();
    this.hours = shared.hours();
    this.wish = wish(Map.of());
    SpectrogramProfile profile = profile();
    this.rateHz = profile.sampleRateHz();
    this.ring = new SoundRing(LiveTake.CHANNELS, RING_SECONDS * rateHz);
    this.source = shared.sources().of(plan);
    this.decodedBy = shared.sources().decodedBy();
    this.replacement = replacement(shared.sources());
    this.feed = new EndlessFeed(ring, replacement, EndlessFeed.Margins.of(rateHz));
    double chunkSeconds = (double) profile.width() * profile.hopSamples() / profile.sampleRateHz();
    long now = System.currentTimeMillis();
    Ladder ladder =
        new Ladder(
            plan.ladder().size(),
            unpainted(plan.ladder()),
            Math.max(1, delayMs() / MS_A_SECOND - chunkSeconds),
            now);
    this.timeliness = new Timeliness(ladder, hasLadder(), this::stepped, now);
    this.inlet = new Inlet(source, plan.name(), ring, LiveTake.CHANNELS, rateHz);
    meters.stream(plan.name(), () -> isThere ? 1 : 0, inlet::openings, timeliness::rung);
    this.thread = Thread.ofPlatform().name("stream-" + plan.name()).daemon().start(this::run);
  }

  String name() {
    return plan.name();
  }

  private Replacement replacement(Sources sources) {
    return switch (plan.lost()) {
      case HOLD -> Replacement.silence(LiveTake.CHANNELS);
      case LOOP ->
          new LastMinutes(
              LiveTake.CHANNELS, LOOP_SECONDS * rateHz, EndlessFeed.Margins.of(rateHz).fade());
      case FALLBACK ->
          new FallbackFolder(
              sources.folder(plan.fallback().orElseThrow()),
              plan.name(),
              LiveTake.CHANNELS,
              rateHz);
    };
  }

  private static OptionalInt unpainted(List<Rung> ladder) {
    return IntStream.range(0, ladder.size())
        .filter(i -> ladder.get(i).text().equals(Undiffused.MODEL))
        .findFirst();
  }

  private SpectrogramProfile profile() {
    return ProfileWire.fromAvro(wish.interpretation());
  }

  private long delayMs() {
    double seconds =
        plan.delaySeconds() > 0 ? plan.delaySeconds() : 2 * LiveTake.stepSeconds(profile());
    return Math.round(seconds * MS_A_SECOND);
  }

  /**
   * Wishes for something else: in force from the next chunk on; other readings, another seed or
   * other pictures begin a take of their own.
   *
   * @param changed options by name, which take the place of earlier ones
   * @throws IllegalArgumentException in one line, when something is wrong
   */
  synchronized void change(Map<String, List<String>> changed) {
    Map<String, List<String>> all = new HashMap<>(wish.options());
    all.putAll(changed);
    wish = wish(all);
    LOG.info("{}: changed {}", name(), changed);
  }

  private Wish wish(Map<String, List<String>> changes) {
    Map<String, List<String>> all = new HashMap<>(plan.recipe());
    all.putAll(changes);
    Recipe recipe = Recipe.of(all, base);
    OptionalLong seed = recipe.seed();
    long drawn = seed.isPresent() ? seed.getAsLong() : drawnSeed();
    Interpretation interpretation = recipe.order(drawn).interpretation();
    if (!interpretation.getProfile().equals(SpectrogramProfile.TAPE.name())) {
      throw new IllegalArgumentException(
          "profile=%s, expected tape: a stream has no end, and notebook makes one picture of all"
              .formatted(interpretation.getProfile()));
    }
    return new Wish(changes, interpretation);
  }

  /** The seed of a stream for which none was named, the same as long as the process runs. */
  private long drawnSeed() {
    return wish == null
        ? new SecureRandom().nextLong(1L << 32)
        : wish.interpretation().getDiffusion().getSeed();
  }

  private void run() {
    try {
      clock = new SourceClock(rateHz, System.nanoTime(), System.currentTimeMillis());
      long steered = System.nanoTime();
      double sent = 0;
      LiveTake open = begin(Optional.empty());
      while (!isClosed) {
        long now = System.nanoTime();
        if (clock.due(now) - sent > LONGEST_STALL_SECONDS * rateHz) {
          LOG.warn("{}: nothing went on for a while; begins anew", name());
          clock = new SourceClock(rateHz, now, System.currentTimeMillis());
          sent = 0;
          open = isResting ? open : following(open);
        }
        if (now - steered >= STEER_NANOS || sent == 0) {
          steered = now;
          steer(now);
          open = keepHours(open, clock.wallMs(sent));
        }
        while (sent + BLOCK <= clock.due(now) && !isClosed) {
          if (!isResting && !open.admits(wish.interpretation())) {
            open = following(open);
          }
          float[][] block = feed.next(BLOCK);
          tellOfSource();
          if (!isResting) {
            out(open.push(block, clock.wallMs(sent), this::inForce));
          }
          sent += BLOCK;
        }
        timeliness.look(System.currentTimeMillis());
        Thread.sleep(GLANCE);
      }
      if (!isResting) {
        out(open.finish(this::inForce));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("{}: the stream has stopped: {}", name(), e.getMessage(), e);
    }
  }

  /** Ends a take where nobody will hear what comes, and begins one where somebody will again. */
  private LiveTake keepHours(LiveTake open, double wallMs) {
    boolean rests = !hours.isHeardAround(Math.round(wallMs) + delayMs());
    if (rests == isResting) {
      return open;
    }
    isResting = rests;
    LOG.info("{}: {}", name(), rests ? "rests, since nobody will hear it" : "is heard again");
    if (rests) {
      out(open.finish(this::inForce));
      return open;
    }
    return begin(Optional.of(open));
  }

  private void steer(long now) {
    if (source.isPaced() && feed.isSourceThere()) {
      clock.steer(now, System.currentTimeMillis(), ring.available());
    } else {
      clock.coast(now, System.currentTimeMillis());
    }
  }

  private void tellOfSource() {
    if (feed.isSourceThere() != isThere) {
      isThere = feed.isSourceThere();
      LOG.info(
          "{}: {}",
          name(),
          isThere ? "the source is heard" : "the source is lost: " + plan.lost() + " is heard");
    }
  }

  private LiveTake following(LiveTake before) {
    out(before.finish(this::inForce));
    return begin(Optional.of(before));
  }

  private LiveTake begin(Optional<LiveTake> before) {
    SourceInfo about =
        SourceInfo.newBuilder()
            .setId(name() + "@" + System.currentTimeMillis())
            .setName(source.shown())
            .setSampleRateHz(rateHz)
            .setChannels(LiveTake.CHANNELS)
            .setDecodedBy(decodedBy)
            .build();
    LiveTake take =
        new LiveTake(
            new LiveTake.Begin(name(), about, wish.interpretation(), delayMs()),
            layout ->
                before
                    .map(earlier -> earlier.level().next(layout))
                    .orElseGet(() -> new SlowLevel(layout)));
    this.take = take.id();
    timeliness.forget();
    LOG.info("{}: take {} begins", name(), take.id());
    return take;
  }

  private LiveTake.InForce inForce() {
    Interpretation now = plan.ladder().get(timeliness.rung()).of(wish.interpretation());
    return new LiveTake.InForce() {
      @Override
      public Interpretation interpretation() {
        return now;
      }

      @Override
      public String title() {
        return isThere ? inlet.title() : "";
      }
    };
  }

  private void out(List<LiveChunk> complete) {
    for (LiveChunk chunk : complete) {
      timeliness.sent(chunk.main().getPlace());
      sender.send(chunk);
      chunks++;
    }
  }

  /** Whether anybody should watch what comes of its chunks. */
  @Override
  public boolean hasLadder() {
    return plan.ladder().size() > 1;
  }

  /** Id of the take that is open. */
  @Override
  public String take() {
    return take;
  }

  /** A terminal record of its main take has come; any thread may say so. */
  @Override
  public void heard(AudioOutput output, long nowMs) {
    timeliness.heard(output, nowMs);
  }

  private void stepped(int step, double leadSeconds) {
    String direction = step < 0 ? Ladder.DOWN : Ladder.UP;
    meters.stepped(name(), direction);
    LOG.info(
        "{}: quality {} to {}: sound came {} s before its time",
        name(),
        direction,
        plan.ladder().get(timeliness.rung()).text(),
        String.format(Locale.ROOT, "%.1f", leadSeconds));
  }

  /** How it is, for whoever asks. */
  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", name());
    shown.put("source", source.shown());
    shown.put("heard", isThere ? "source" : plan.lost().name().toLowerCase(Locale.ROOT));
    shown.put("resting", isResting);
    shown.put("trouble", inlet.trouble().orElse(""));
    shown.put("title", inlet.title());
    shown.put("openings", inlet.openings());
    shown.put("delaySeconds", delayMs() / MS_A_SECOND);
    shown.put("quality", plan.ladder().get(timeliness.rung()).text());
    shown.put("take", take);
    shown.put("chunks", chunks);
    Map<String, List<String>> all = new HashMap<>(plan.recipe());
    all.putAll(wish.options());
    Map<String, Object> recipe = new LinkedHashMap<>(Recipe.of(all, base).shown());
    recipe.put("seed", wish.interpretation().getDiffusion().getSeed());
    shown.put("recipe", recipe);
    return shown;
  }

  /** Whether it goes on. */
  boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join(JOIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    inlet.close();
    replacement.close();
  }
}
