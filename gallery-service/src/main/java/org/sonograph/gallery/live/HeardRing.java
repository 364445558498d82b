package org.sonograph.gallery.live;

/** The last seconds that were heard. */
final class HeardRing {
  private final float[][] ring;
  private long written;

  HeardRing(int frames) {
    this.ring = new float[OutputGrid.CHANNELS][frames];
  }

  /** Frames that can be had. */
  int size() {
    return (int) Math.min(written, ring[0].length);
  }

  /** Begins anew: what comes does not go on from what was. */
  void clear() {
    written = 0;
  }

  void push(float[][] sound, int count) {
    for (int i = 0; i < count; i++) {
      int at = (int) ((written + i) % ring[0].length);
      for (int c = 0; c < ring.length; c++) {
        ring[c][at] = sound[c][i];
      }
    }
    written += count;
  }

  /** A copy of the last ones. */
  float[][] last(int frames) {
    int length = Math.min(frames, size());
    float[][] out = new float[ring.length][length];
    for (int i = 0; i < length; i++) {
      int at = (int) ((written - length + i) % ring[0].length);
      for (int c = 0; c < ring.length; c++) {
        out[c][i] = ring[c][at];
      }
    }
    return out;
  }
}
