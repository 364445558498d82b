package org.sonograph.ingest.send;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds sending back while enough pictures are under way, so that the broker's disk stays bounded
 * however large the archive. One gate serves all takes of a process.
 */
public final class AheadGate {
  private static final Logger LOG = LoggerFactory.getLogger(AheadGate.class);

  /** Time between two counts. */
  public static final Duration POLL = Duration.ofMillis(500);

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    void pause(Duration time) throws InterruptedException;
  }

  /** What a waiting sender does meanwhile. */
  @FunctionalInterface
  public interface Meanwhile {
    /**
     * Called at every count.
     *
     * @return chunks this sender has sent that the broker has not acknowledged
     */
    long waiting(long underWay);
  }

  private final PictureCount pictures;
  private final long ahead;
  private final Pause pause;
  private long room;
  private volatile long underWay;
  private volatile boolean holding;

  /**
   * A gate.
   *
   * @param ahead pictures under way beyond which nothing more is sent
   */
  public AheadGate(PictureCount pictures, long ahead, Pause pause) {
    this.pictures = pictures;
    this.ahead = ahead;
    this.pause = pause;
  }

  /** Returns when one more chunk may be sent. */
  public synchronized void pass(Meanwhile meanwhile) throws InterruptedException {
    boolean told = false;
    while (room <= 0) {
      if (told) {
        pause.pause(POLL);
      }
      count(meanwhile, told);
      holding = room <= 0;
      told = true;
    }
    room--;
  }

  private void count(Meanwhile meanwhile, boolean again) {
    try {
      underWay = pictures.notTerminal();
      room = ahead - underWay - meanwhile.waiting(underWay);
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
