package org.sonograph.gallery.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.Hours;
import org.sonograph.runtime.osc.OscSender;

/** One stream at play: its player, the thread that keeps the time, and who listens. */
public final class LiveStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
  private static final OutputGrid GRID = OutputGrid.STANDARD;
  private static final long TICK_NANOS = 5_000_000;
  private static final int FRAMES_A_MS = GRID.rateHz() / 1000;
  private static final int BLOCKS_A_LOOK = 100;
  private static final long STALLED_NANOS = 2_000_000_000L;

  /** Time for which a format that nobody listens to is still made. */
  private static final long IDLE_NANOS = 60_000_000_000L;

  private final String name;
  private final LivePlayer player;
  private final Encoders encoders;
  private final Map<SoundFormat, Feed> feeds = new EnumMap<>(SoundFormat.class);
  private final Map<SoundFormat, Long> lastHeard = new EnumMap<>(SoundFormat.class);
  private final Deque<float[][]> recent = new ArrayDeque<>();
  private final List<BlockSink> sinks = new CopyOnWriteArrayList<>();
  private final List<Runnable> endings = new CopyOnWriteArrayList<>();
  private final Thread pump;
  private boolean wasFaulty;
  private volatile Hours hours = Hours.ALWAYS;
  private long frame = System.currentTimeMillis() * FRAMES_A_MS;
  private volatile Optional<Wall> wall = Optional.empty();
  private volatile Optional<SoundCard> card = Optional.empty();
  private volatile boolean isClosed;
  private volatile long madeNanos = System.nanoTime();
  private volatile long newsNanos = System.nanoTime();

  /** A stream that is about to play. */
  public LiveStream(String name, LivePlayer player, Encoders encoders) {
    this.name = name;
    this.player = player;
    this.encoders = encoders;
    this.pump = Thread.ofPlatform().name("live-" + name).daemon().unstarted(this::pump);
    pump.setPriority(Thread.MAX_PRIORITY);
  }

  void start() {
    pump.start();
  }

  public String name() {
    return name;
  }

  public LivePlayer player() {
    return player;
  }

  /** Takes a piece. */
  boolean put(LivePiece piece) {
    newsNanos = System.nanoTime();
    return player.put(piece);
  }

  /** Time since the last piece came. */
  long quietNanos() {
    return System.nanoTime() - newsNanos;
  }

  /** Somebody who takes every block from now on. */
  void add(BlockSink sink) {
    sinks.add(sink);
  }

  /** Plays it on a sound card, too. */
  public void playOn(SoundCard soundCard) {
    card = Optional.of(soundCard);
    add(soundCard);
  }

  /** The sound card it is played on. */
  Optional<SoundCard> card() {
    return card;
  }

  /** Keeps to certain hours. */
  public void keepTo(Hours others) {
    hours = others;
  }

  /** Tells of it over OSC, too. */
  public void tell(OscSender others) {
    add(new OscNews(GRID, name, player, others::send));
  }

  /** Tells a wall what is heard. */
  void showOn(Wall shown) {
    wall = Optional.of(shown);
  }

  /** What is done when the stream ends. */
  public void atEnd(Runnable ending) {
    endings.add(ending);
  }

  /** Somebody begins to listen. */
  Listener join(SoundFormat format) {
    synchronized (feeds) {
      Feed feed = feeds.computeIfAbsent(format, this::open);
      lastHeard.put(format, System.nanoTime());
      return feed.join();
    }
  }

  /**
   * Frame of the output that a listener hears first: frames are counted from 1970 on, so that no
   * later run of this program counts them again. Empty where the format does not say.
   */
  OptionalLong firstFrame(SoundFormat format, Listener listener) {
    synchronized (feeds) {
      return feeds.get(format) instanceof WaveFeed wave
          ? OptionalLong.of(wave.firstFrame(listener))
          : OptionalLong.empty();
    }
  }

  private Feed open(SoundFormat format) {
    return format == SoundFormat.WAV ? wave() : new EncodedFeed(format, encoders, recent());
  }

  private Feed wave() {
    synchronized (recent) {
      WaveFeed feed = new WaveFeed(GRID, frame - (long) recent.size() * GRID.blockFrames());
      recent.forEach(feed::block);
      return feed;
    }
  }

  private List<float[][]> recent() {
    synchronized (recent) {
      return new ArrayList<>(recent);
    }
  }

  void leave(SoundFormat format, Listener listener) {
    synchronized (feeds) {
      Feed feed = feeds.get(format);
      if (feed != null) {
        feed.leave(listener);
      }
    }
  }

  /** Those who listen over HTTP. */
  public int listeners() {
    synchronized (feeds) {
      return feeds.values().stream().mapToInt(Feed::listeners).sum();
    }
  }

  /** Whether sound goes out now, of whatever age. */
  public boolean isFlowing() {
    return System.nanoTime() - madeNanos < STALLED_NANOS && player.isSounding();
  }

  /** Whether sound should go out now. */
  public boolean isExpected() {
    return !player.isMuted();
  }

  private void pump() {
    OutputClock clock = new OutputClock(GRID, System.nanoTime(), System.currentTimeMillis());
    long blocks = 0;
    while (!isClosed) {
      for (int due = clock.due(System.nanoTime(), System.currentTimeMillis()); due > 0; due--) {
        double heardMs = clock.heardMs();
        if (blocks % BLOCKS_A_LOOK == 0) {
          player.hour(hours.level(Math.round(heardMs)));
        }
        LiveBlock block = next(heardMs);
        tellWall(heardMs, block.heard());
        deliver(block);
        clock.made();
        madeNanos = System.nanoTime();
        blocks++;
        if (blocks % BLOCKS_A_LOOK == 0) {
          closeUnheard();
        }
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  private void tellWall(double dueMs, Heard heard) {
    try {
      wall.ifPresent(shown -> shown.at(frame, heardMs(dueMs), heard));
    } catch (RuntimeException e) {
      LOG.warn("stream {}: its wall fails and is left out: {}", name, e.toString());
      wall = Optional.empty();
    }
  }

  /** When a block is heard: as it is due, or from the sound card as soon as that can. */
  private double heardMs(double dueMs) {
    boolean isOnCard = card.filter(c -> c.problem().isEmpty()).isPresent();
    return isOnCard ? dueMs - OutputClock.LEAD_MS + SoundCard.DELAY_MS : dueMs;
  }

  /** A block, come what may: a fault that ended this thread would be silence for good. */
  private LiveBlock next(double heardMs) {
    try {
      LiveBlock block = player.render(heardMs);
      wasFaulty = false;
      return block;
    } catch (RuntimeException e) {
      if (!wasFaulty) {
        LOG.error("stream {}: a block could not be made and is silent: {}", name, e.toString(), e);
        wasFaulty = true;
      }
      float[][] silence = new float[OutputGrid.CHANNELS][GRID.blockFrames()];
      return new LiveBlock(
          silence, silence, Map.of(), Source.Kind.SILENCE, Heard.ofNoTake(Source.Kind.SILENCE));
    }
  }

  private void deliver(LiveBlock block) {
    synchronized (feeds) {
      synchronized (recent) {
        recent.addLast(block.sound());
        if (recent.size() * GRID.blockFrames() > Feed.BURST_SECONDS * GRID.rateHz()) {
          recent.removeFirst();
        }
        frame += GRID.blockFrames();
      }
      feeds.values().forEach(feed -> feed.block(block.sound()));
    }
    for (BlockSink sink : sinks) {
      try {
        sink.block(block);
      } catch (RuntimeException e) {
        LOG.warn("stream {}: a listener fails and is left out: {}", name, e.toString());
        sinks.remove(sink);
      }
    }
  }

  private void closeUnheard() {
    synchronized (feeds) {
      long now = System.nanoTime();
      feeds.forEach(
          (format, feed) -> {
            if (feed.listeners() > 0) {
              lastHeard.put(format, now);
            }
          });
      feeds
          .entrySet()
          .removeIf(
              feed -> {
                boolean isUnheard = now - lastHeard.get(feed.getKey()) > IDLE_NANOS;
                if (isUnheard) {
                  feed.getValue().close();
                }
                return isUnheard;
              });
    }
  }

  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(pump);
    synchronized (feeds) {
      feeds.values().forEach(Feed::close);
      feeds.clear();
    }
    sinks.forEach(BlockSink::close);
    endings.forEach(Runnable::run);
  }
}
