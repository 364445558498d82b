package org.sonograph.ingest.live;

/**
 * Sound that never ends: the source's while there is some, else what takes its place, crossfaded in
 * both directions. Belongs to one thread.
 */
final class EndlessFeed {
  private final SoundRing source;
  private final Replacement replacement;
  private final Margins margins;

  /** 1 = the source alone, 0 = what takes its place. */
  private double share;

  private boolean isThere;

  /**
   * When the source counts as lost, and as back.
   *
   * @param fade samples of a crossfade; the source counts as lost while there are still so many
   * @param cushion samples that must have come before it counts as back
   * @param most samples it may be behind when it comes back; older ones are dropped
   */
  record Margins(int fade, int cushion, int most) {
    /** Half a second's crossfade is none that anybody notices; 50 ms is one without a click. */
    static Margins of(int sampleRateHz) {
      return new Margins(sampleRateHz / 20, sampleRateHz, 10 * sampleRateHz);
    }
  }

  EndlessFeed(SoundRing source, Replacement replacement, Margins margins) {
    this.source = source;
    this.replacement = replacement;
    this.margins = margins;
  }

  /** Whether the source is what is heard. */
  boolean isSourceThere() {
    return isThere;
  }

  /** The next samples. */
  float[][] next(int count) {
    int available = source.available();
    if (isThere && available < count + margins.fade()) {
      isThere = false;
      if (share >= 1) {
        replacement.begin();
      }
    } else if (!isThere && available >= margins.cushion() + count) {
      isThere = true;
      source.keep(margins.most());
    }
    if (isThere && share >= 1) {
      float[][] samples = source.take(count);
      replacement.heard(samples);
      return samples;
    }
    if (!isThere && share <= 0) {
      return replacement.next(count);
    }
    return faded(count);
  }

  private float[][] faded(int count) {
    float[][] other = replacement.next(count);
    float[][] own = source.take(Math.min(count, source.available()));
    float[][] out = new float[other.length][count];
    float[][] alone = new float[other.length][count];
    double step = (isThere ? 1.0 : -1.0) / margins.fade();
    for (int i = 0; i < count; i++) {
      share = Math.clamp(share + step, 0, 1);
      for (int c = 0; c < out.length; c++) {
        float sample = i < own[c].length ? own[c][i] : 0;
        out[c][i] = Equal.power(other[c][i], sample, share);
        alone[c][i] = (float) (sample * Math.sin(share * Math.PI / 2));
      }
    }
    replacement.heard(alone);
    if (share >= 1) {
      replacement.end();
    }
    return out;
  }
}
