package org.sonograph.gallery.live;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.signal.loudness.TruePeakLimiter;
import org.sonograph.signal.sound.SampleFormat;

/**
 * Plays a stream on the machine's sound card, by the card's own clock. A card that goes away is
 * looked for until it comes back.
 */
public final class SoundCard implements BlockSink {
  private static final Logger LOG = LoggerFactory.getLogger(SoundCard.class);
  private static final OutputGrid GRID = OutputGrid.STANDARD;

  /**
   * From a block's making until the card plays it: what waits between the clocks, and in the card.
   */
  static final double DELAY_MS = 1000 * Elastic.TARGET_SECONDS + CardLines.BUFFER_MS;

  private static final int ROOM_BLOCKS = 100;
  private static final long LOOK_MS = 2000;
  private static final long PATIENCE_MS = 500;

  private final CardLines lines;
  private final Routes routes;
  private final long lookMs;
  private final BlockingQueue<LiveBlock> waiting = new ArrayBlockingQueue<>(ROOM_BLOCKS);
  private final Thread thread;
  private volatile String problem = "is being opened";
  private volatile long changedNanos = System.nanoTime();
  private volatile boolean isClosed;

  /** A card that is opened at once. */
  public SoundCard(CardLines lines, Routes routes) {
    this(lines, routes, LOOK_MS);
  }

  SoundCard(CardLines lines, Routes routes, long lookMs) {
    this.lines = lines;
    this.routes = routes;
    this.lookMs = lookMs;
    this.thread = Thread.ofPlatform().name("live-card").daemon().start(this::play);
  }

  @Override
  public void block(LiveBlock block) {
    // where the card takes nothing the oldest is the least wanted
    while (!waiting.offer(block)) {
      waiting.poll();
    }
  }

  /** What is wrong with the card, if anything. */
  public Optional<String> problem() {
    return Optional.of(problem).filter(text -> !text.isEmpty());
  }

  /** Time since it began to play, or ceased to. */
  double sinceSeconds() {
    return (System.nanoTime() - changedNanos) / 1e9;
  }

  private void problem(String now) {
    if (now.isEmpty() != problem.isEmpty()) {
      changedNanos = System.nanoTime();
    }
    problem = now;
  }

  private void play() {
    boolean wasTold = false;
    while (!isClosed) {
      try (CardLines.CardLine line = lines.open(routes.count())) {
        LOG.info("the sound card plays");
        problem("");
        wasTold = false;
        waiting.clear();
        feed(line);
      } catch (IOException e) {
        problem(e.getMessage());
        if (!wasTold) {
          LOG.warn("no sound card: {}; looked for until it comes back", e.getMessage());
          wasTold = true;
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(lookMs));
    }
  }

  private void feed(CardLines.CardLine line) throws IOException {
    Elastic elastic = new Elastic(GRID, routes.count());
    TruePeakLimiter limiter = new TruePeakLimiter(GRID.rateHz(), routes.count());
    while (!isClosed) {
      while (!elastic.has(GRID.blockFrames())) {
        Optional<LiveBlock> block = next();
        if (block.isEmpty()) {
          return;
        }
        elastic.push(routes.apply(block.get()));
      }
      for (LiveBlock block = waiting.poll(); block != null; block = waiting.poll()) {
        elastic.push(routes.apply(block));
      }
      float[][] out = limiter.push(elastic.read(GRID.blockFrames()));
      line.write(SampleFormat.S16.encode(out, 0, out[0].length));
    }
  }

  private Optional<LiveBlock> next() {
    try {
      return Optional.ofNullable(waiting.poll(PATIENCE_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }
}
