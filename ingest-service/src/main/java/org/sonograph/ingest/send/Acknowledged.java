package org.sonograph.ingest.send;

import java.util.Optional;
import java.util.TreeSet;

/**
 * Which chunks of a take the broker has. Chunks of a take lie on several partitions, so they are
 * acknowledged out of order; what counts is how many from the first on are there without a gap.
 */
final class Acknowledged {
  private final TreeSet<Long> beyond = new TreeSet<>();
  private long prefix;
  private long sent;
  private Optional<Exception> failure = Optional.empty();

  Acknowledged(long alreadyThere) {
    this.prefix = alreadyThere;
    this.sent = alreadyThere;
  }

  synchronized void sent() {
    sent++;
  }

  synchronized void acknowledge(long chunk) {
    beyond.add(chunk);
    while (!beyond.isEmpty() && beyond.first() <= prefix) {
      prefix = Math.max(prefix, beyond.pollFirst() + 1);
    }
    notifyAll();
  }

  synchronized void fail(Exception cause) {
    failure = failure.or(() -> Optional.of(cause));
    notifyAll();
  }

  /** Chunks from the first on that are there without a gap. */
  synchronized long prefix() {
    return prefix;
  }

  /** Chunks sent and not yet acknowledged. */
  synchronized long open() {
    return sent - prefix - beyond.size();
  }

  synchronized Optional<Exception> failure() {
    return failure;
  }

  /** Waits until every chunk sent is acknowledged, or one has failed, at most so long. */
  synchronized boolean awaitAll(long timeoutMs) throws InterruptedException {
    long end = System.nanoTime() + timeoutMs * 1_000_000;
    while (open() > 0 && failure.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
