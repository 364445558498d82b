package org.sonograph.ingest.live;

import java.util.ArrayList;
import java.util.List;

/** The last minutes of the source, round and round, crossfaded where they meet. */
final class LastMinutes implements Replacement {
  private static final float FULL = 32_767f;

  private final short[][] ring;
  private final int fade;
  private int end;
  private int filled;
  private int at;

  /** While it plays nothing may move; what is heard of the source meanwhile waits here. */
  private final List<float[][]> waiting = new ArrayList<>();

  private boolean isPlaying;

  /**
   * Nothing yet.
   *
   * @param capacity most samples that are remembered
   * @param fade samples over which the end meets the beginning
   */
  LastMinutes(int channels, int capacity, int fade) {
    this.ring = new short[channels][capacity];
    this.fade = fade;
  }

  @Override
  public void heard(float[][] samples) {
    if (isPlaying) {
      waiting.add(samples);
    } else {
      keep(samples);
    }
  }

  private void keep(float[][] samples) {
    int count = samples[0].length;
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < ring.length; c++) {
        ring[c][end] = (short) Math.round(Math.clamp(samples[c][i], -1f, 1f) * FULL);
      }
      end = (end + 1) % ring[0].length;
    }
    filled = Math.min(ring[0].length, filled + count);
  }

  @Override
  public void begin() {
    at = 0;
    isPlaying = true;
  }

  @Override
  public void end() {
    isPlaying = false;
    waiting.forEach(this::keep);
    waiting.clear();
  }

  @Override
  public float[][] next(int count) {
    float[][] out = new float[ring.length][count];
    if (filled <= 4 * fade) {
      return out;
    }
    for (int i = 0; i < count; i++) {
      int intoFade = at - (filled - fade);
      for (int c = 0; c < ring.length; c++) {
        out[c][i] =
            intoFade < 0
                ? sample(c, at)
                : Equal.power(sample(c, at), sample(c, intoFade), (intoFade + 0.5) / fade);
      }
      at++;
      if (at == filled) {
        at = fade;
      }
    }
    return out;
  }

  private float sample(int channel, int index) {
    int start = filled < ring[0].length ? 0 : end;
    return ring[channel][(start + index) % ring[0].length] / FULL;
  }
}
