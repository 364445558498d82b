package org.sonograph.ingest.live;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.ingest.cut.ChannelMix;
import org.sonograph.signal.sound.Resampler;

/**
 * Brings a source's sound into a ring at the take's rate and channels, and opens the source again
 * whenever it is lost: after a second at first, then after twice as long each time, up to a quarter
 * of a minute, each time a little more or less so that many do not come at once.
 */
final class Inlet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Inlet.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  /** Sound for so long makes good what was. */
  private static final Duration STEADY = Duration.ofSeconds(30);

  private final LiveSource source;
  private final String stream;
  private final SoundRing ring;
  private final int channels;
  private final int sampleRateHz;
  private final EndlessFeed.Margins margins;
  private final Thread thread;
  private final AtomicLong openings = new AtomicLong();
  private volatile Optional<LiveFeed> feed = Optional.empty();
  private volatile Optional<String> trouble = Optional.of("is not open yet");
  private volatile String title = "";
  private volatile boolean isClosed;

  /**
   * Begins to bring sound.
   *
   * @param stream name of the stream, for messages
   * @param ring what it is brought into
   */
  Inlet(LiveSource source, String stream, SoundRing ring, int channels, int sampleRateHz) {
    this.source = source;
    this.stream = stream;
    this.ring = ring;
    this.channels = channels;
    this.sampleRateHz = sampleRateHz;
    this.margins = EndlessFeed.Margins.of(sampleRateHz);
    this.thread = Thread.ofPlatform().name("live-" + stream).daemon().start(this::run);
  }

  /** What is playing, as the source says; empty where it does not. */
  String title() {
    return title;
  }

  /** Why there is no sound of the source at the moment; empty where there is. */
  Optional<String> trouble() {
    return trouble;
  }

  /** How many times the source was opened. */
  long openings() {
    return openings.get();
  }

  private void run() {
    Duration wait = FIRST_WAIT;
    try {
      while (!isClosed) {
        long begun = System.nanoTime();
        String why = "ended";
        try {
          bring();
        } catch (PublicAddresses.RefusedAddressException e) {
          lost(e.getMessage());
          return;
        } catch (IOException | RuntimeException e) {
          why = String.valueOf(e.getMessage());
        }
        if (isClosed) {
          return;
        }
        lost(why);
        if (!source.comesBack()) {
          return;
        }
        boolean wasSteady = System.nanoTime() - begun > STEADY.toNanos();
        wait = wasSteady ? FIRST_WAIT : wait;
        Thread.sleep(unevenly(wait));
        wait = longer(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
  }

  private static Duration unevenly(Duration time) {
    return Duration.ofMillis(
        (long) (time.toMillis() * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
  }

  private void lost(String why) {
    boolean isNews = !trouble.equals(Optional.of(why));
    trouble = Optional.of(why);
    if (isNews) {
      LOG.warn("{}: the source {} {}", stream, source.shown(), why);
    }
  }

  /** Brings sound until it ends. */
  private void bring() throws IOException, InterruptedException {
    try (LiveFeed open = source.open(text -> title = text)) {
      feed = Optional.of(open);
      ChannelMix mix = new ChannelMix(open.channels(), channels);
      Resampler resampler = new Resampler(open.sampleRateHz(), sampleRateHz, channels);
      Landing landing =
          new Landing(channels, sampleRateHz, margins, source.beginsWithPast(), System.nanoTime());
      boolean hasLanded = false;
      for (var piece = open.read(); piece.isPresent() && !isClosed; piece = open.read()) {
        if (trouble.isPresent()) {
          trouble = Optional.empty();
          openings.incrementAndGet();
          LOG.info(
              "{}: the source {} is here: {} Hz, {} channels",
              stream,
              source.shown(),
              open.sampleRateHz(),
              open.channels());
        }
        int frames = piece.get().length / open.channels();
        float[][] samples = resampler.push(spread(mix.take(piece.get(), frames)));
        if (hasLanded) {
          ring.put(samples);
        } else if (landing.add(samples, System.nanoTime())) {
          hasLanded = true;
          ring.splice(landing.kept(), margins.fade());
        }
      }
      ring.put(resampler.finish());
    } finally {
      feed = Optional.empty();
    }
  }

  /** One channel goes to all. */
  private float[][] spread(float[][] samples) {
    float[][] all = new float[channels][];
    for (int c = 0; c < channels; c++) {
      all[c] = samples[Math.min(c, samples.length - 1)];
    }
    return all;
  }

  @Override
  public void close() {
    isClosed = true;
    feed.ifPresent(LiveFeed::close);
    thread.interrupt();
  }
}
