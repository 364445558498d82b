package org.sonograph.gallery.live;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One who listens: what waits for them, up to a bound, beyond which they are dropped. */
final class Listener {
  /** Sound that may wait for a listener. */
  private static final int ROOM_SECONDS = 10;

  private static final byte[] END = {};

  private final LinkedBlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final long room;
  private final long afterBytes;
  private volatile boolean isGone;

  /**
   * One who begins to listen.
   *
   * @param afterBytes sound of the feed, without its head, that went before what this one gets
   *     first
   */
  Listener(SoundFormat format, long afterBytes) {
    this.afterBytes = afterBytes;
    this.room = (long) ROOM_SECONDS * format.bytesASecond();
  }

  /** Sound of the feed that this one did not get, since it was before. */
  long afterBytes() {
    return afterBytes;
  }

  /** Hands over a piece; false if the listener is too slow for it and is dropped. */
  boolean offer(byte[] piece) {
    if (isGone) {
      return false;
    }
    if (bytes.addAndGet(piece.length) > room) {
      leave();
      return false;
    }
    return waiting.add(piece);
  }

  /** The next piece; empty when there is none any more. */
  Optional<byte[]> next(long patienceMs) throws InterruptedException {
    byte[] piece = isGone ? null : waiting.poll(patienceMs, TimeUnit.MILLISECONDS);
    if (piece == null || piece == END) {
      return Optional.empty();
    }
    bytes.addAndGet(-piece.length);
    return Optional.of(piece);
  }

  /** Ends it. */
  void leave() {
    isGone = true;
    waiting.add(END);
  }

  boolean isGone() {
    return isGone;
  }
}
