package org.sonograph.gallery.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A stream in one format, made once for all who listen. Who comes gets the head and the last second
 * at once, so that a player need not wait to fill its buffer.
 */
abstract sealed class Feed implements AutoCloseable permits WaveFeed, EncodedFeed {
  /** What a new listener gets at once. */
  static final double BURST_SECONDS = 1;

  private final SoundFormat format;
  private final List<Listener> listeners = new ArrayList<>();
  private final Deque<byte[]> burst = new ArrayDeque<>();
  private byte[] head = {};
  private int burstBytes;
  private long emittedBytes;

  Feed(SoundFormat format) {
    this.format = format;
  }

  SoundFormat format() {
    return format;
  }

  /** Takes the next block; never waits. */
  abstract void block(float[][] sound);

  /** Somebody begins to listen. */
  synchronized Listener join() {
    Listener listener = new Listener(format, emittedBytes - burstBytes);
    if (head.length > 0) {
      listener.offer(head);
    }
    burst.forEach(listener::offer);
    listeners.add(listener);
    return listener;
  }

  synchronized void leave(Listener listener) {
    listener.leave();
    listeners.remove(listener);
  }

  synchronized int listeners() {
    return listeners.size();
  }

  /** What every listener gets first. */
  final synchronized void head(byte[] bytes) {
    head = bytes;
    listeners.forEach(listener -> listener.offer(bytes));
  }

  /** What came before does not go on: a new head follows. */
  final synchronized void restart() {
    head = new byte[0];
    burst.clear();
    burstBytes = 0;
  }

  /** A piece that a listener may begin with. */
  final synchronized void emit(byte[] piece) {
    emittedBytes += piece.length;
    burst.addLast(piece);
    burstBytes += piece.length;
    while (burstBytes - burst.getFirst().length >= BURST_SECONDS * format.bytesASecond()) {
      burstBytes -= burst.removeFirst().length;
    }
    listeners.removeIf(listener -> !listener.offer(piece));
  }

  @Override
  public synchronized void close() {
    listeners.forEach(Listener::leave);
    listeners.clear();
  }
}
