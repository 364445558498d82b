package org.sonograph.ingest.live;

import java.util.Arrays;

/** Samples between a thread that brings them as they come and one that takes them at its pace. */
final class SoundRing {
  private final float[][] ring;
  private int from;
  private int filled;

  SoundRing(int channels, int capacity) {
    ring = new float[channels][capacity];
  }

  /** Adds samples, waiting for room. */
  synchronized void put(float[][] samples) throws InterruptedException {
    int at = 0;
    int length = samples[0].length;
    while (at < length) {
      while (filled == ring[0].length) {
        wait();
      }
      int count = Math.min(length - at, ring[0].length - filled);
      for (int c = 0; c < ring.length; c++) {
        copyIn(ring[c], samples[c], at, count);
      }
      filled += count;
      at += count;
    }
  }

  /**
   * Adds samples of another kind: what is there fades into them, by the law of equal power.
   *
   * @param fade samples of the crossfade, at most the length of what is added
   */
  void splice(float[][] samples, int fade) throws InterruptedException {
    float[][] rest = samples;
    synchronized (this) {
      if (filled < fade) {
        drop(filled);
      } else {
        rest = new float[samples.length][];
        int start = from + filled - fade;
        for (int c = 0; c < ring.length; c++) {
          for (int i = 0; i < fade; i++) {
            int at = (start + i) % ring[c].length;
            ring[c][at] = Equal.power(ring[c][at], samples[c][i], (i + 0.5) / fade);
          }
          rest[c] = Arrays.copyOfRange(samples[c], fade, samples[c].length);
        }
      }
    }
    put(rest);
  }

  private void copyIn(float[] to, float[] samples, int at, int count) {
    int start = (from + filled) % to.length;
    int first = Math.min(count, to.length - start);
    System.arraycopy(samples, at, to, start, first);
    System.arraycopy(samples, at + first, to, 0, count - first);
  }

  /** Samples that are there. */
  synchronized int available() {
    return filled;
  }

  /** Takes so many samples, which are there. */
  synchronized float[][] take(int count) {
    if (count > filled) {
      throw new IllegalArgumentException(count + " samples, expected at most " + filled);
    }
    float[][] out = new float[ring.length][count];
    for (int c = 0; c < ring.length; c++) {
      int first = Math.min(count, ring[c].length - from);
      System.arraycopy(ring[c], from, out[c], 0, first);
      System.arraycopy(ring[c], 0, out[c], first, count - first);
    }
    drop(count);
    return out;
  }

  /** Drops the oldest samples beyond so many. */
  synchronized void keep(int newest) {
    drop(Math.max(0, filled - newest));
  }

  private void drop(int count) {
    from = (from + count) % ring[0].length;
    filled -= count;
    notifyAll();
  }
}
