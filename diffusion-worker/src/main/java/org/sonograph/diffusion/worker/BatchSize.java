package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many pictures share a call of the model. Either a number that was set, or found by trying:
 * doubled for as long as full batches bring more pictures a second and memory allows. Belongs to
 * the device's thread.
 */
final class BatchSize {
  /** What {@code auto} never exceeds. */
  static final int MOST = 64;

  private static final Logger LOG = LoggerFactory.getLogger(BatchSize.class);

  /** A larger batch must be this much faster, since everybody in it waits longer. */
  private static final double WORTH = 1.05;

  /** Full batches of one size after which its speed is known; the first one warms up. */
  private static final int TRIALS = 3;

  private final IntConsumer remember;
  private int size;
  private int ceiling;
  private boolean isSettled;
  private int trials;
  private double bestRate;
  private double smallerRate;

  private BatchSize(int size, int ceiling, boolean isSettled, IntConsumer remember) {
    this.size = size;
    this.ceiling = ceiling;
    this.isSettled = isSettled;
    this.remember = remember;
  }

  /** A size that was set; only memory that runs out makes it smaller. */
  static BatchSize fixed(int size) {
    return new BatchSize(size, size, true, found -> {});
  }

  /**
   * A size that is found by trying.
   *
   * @param remembered what was found before for this model and device
   * @param remember takes what is found
   */
  static BatchSize found(OptionalInt remembered, IntConsumer remember) {
    return new BatchSize(remembered.orElse(1), MOST, remembered.isPresent(), remember);
  }

  /** Pictures a batch may have now. */
  int size() {
    return size;
  }

  /** A batch is done; says whether {@link #size} has changed. */
  boolean ran(int pictures, Duration time) {
    if (isSettled || pictures < size) {
      return false;
    }
    trials++;
    if (trials > 1) {
      bestRate = Math.max(bestRate, pictures / (time.toNanos() / 1e9));
    }
    if (trials < TRIALS) {
      return false;
    }
    boolean isWorthIt = bestRate > smallerRate * WORTH;
    int next = isWorthIt ? size * 2 : size / 2;
    if (!isWorthIt || next > ceiling) {
      settle(isWorthIt ? size : next);
      return !isWorthIt;
    }
    smallerRate = bestRate;
    bestRate = 0;
    trials = 0;
    size = next;
    return true;
  }

  /** Memory has run out under a batch of several. */
  void tooLarge(int pictures) {
    ceiling = Math.max(1, pictures / 2);
    if (ceiling < size) {
      settle(ceiling);
    }
  }

  private void settle(int found) {
    size = found;
    isSettled = true;
    LOG.info("batches of up to {} pictures from now on", found);
    remember.accept(found);
  }
}
