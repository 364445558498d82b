package org.sonograph.ingest.live;

/** Crossfade of strangers: their powers add up to one. */
final class Equal {
  private Equal() {}

  /** Between two samples; share 0 is the first, 1 the second. */
  static float power(float first, float second, double share) {
    double angle = Math.clamp(share, 0, 1) * Math.PI / 2;
    return (float) (first * Math.cos(angle) + second * Math.sin(angle));
  }
}
