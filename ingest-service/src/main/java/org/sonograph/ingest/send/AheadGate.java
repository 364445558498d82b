package org.sonograph.ingest.send;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds sending back while enough pictures are under way, so that the broker's disk stays bounded
 * however large the archive. One gate serves all takes of a process.
 */
public final class AheadGate {
  private static final Logger LOG = LoggerFactory.getLogger(AheadGate.class);

  /** Time between two counts, in the mean. */
  public static final Duration POLL = Duration.ofMillis(500);

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    void pause(Duration time) throws InterruptedException;
  }

  /** Who wants to pass. */
  public interface Sender {
    /** Chunks sent that the broker has not acknowledged, and so are not counted yet. */
    long open();

    /** Called at every count while it has to wait. */
    void holding(long underWay);
  }

  private final PictureCount pictures;
  private final Restraint restraint;
  private final Pause pause;
  private long room;
  private volatile long underWay;
  private volatile boolean holding;

  /**
   * A gate.
   *
   * @param restraint how much more may be sent; asked at every count
   */
  public AheadGate(PictureCount pictures, Restraint restraint, Pause pause) {
    this.pictures = pictures;
    this.restraint = restraint;
    this.pause = pause;
  }

  /** Returns when one more chunk may be sent. */
  public synchronized void pass(Sender sender) throws InterruptedException {
    boolean again = false;
    while (room <= 0) {
      if (again) {
        pause.pause(unevenly(POLL));
      }
      count(sender, again);
      holding = room <= 0;
      if (holding) {
        sender.holding(underWay);
      }
      again = true;
    }
    room--;
  }

  /** Of several processes that wait, none is always the first to see that there is room. */
  private static Duration unevenly(Duration time) {
    return Duration.ofNanos(
        (long) (time.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
  }

  private void count(Sender sender, boolean again) {
    try {
      PictureCount.Pictures there = pictures.count();
      underWay = there.underWay();
      room = restraint.room(there) - sender.open();
    } catch (KafkaException e) {
      if (!again) {
        LOG.warn("{}; sending waits and tries again", e.getMessage());
      }
      room = 0;
    }
  }

  /** Pictures under way when last counted. */
  public long underWay() {
    return underWay;
  }

  /** True while a sender waits here. */
  public boolean holding() {
    return holding;
  }
}
