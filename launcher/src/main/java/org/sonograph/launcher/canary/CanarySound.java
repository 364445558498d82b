package org.sonograph.launcher.canary;

import java.util.LinkedHashMap;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** The known second: three partials that fade, always the same. */
final class CanarySound {
  /** Rate, Hz; also its length in samples. */
  static final int RATE_HZ = 48_000;

  private static final double[] PARTIALS_HZ = {440, 1_320, 3_080};
  private static final double LEVEL = 0.2;

  private CanarySound() {}

  /** The second as a WAV file. */
  static byte[] wav() {
    float[] samples = new float[RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      double seconds = (double) i / RATE_HZ;
      double sum = 0;
      for (double hz : PARTIALS_HZ) {
        sum += Math.sin(2 * Math.PI * hz * seconds);
      }
      samples[i] = (float) (LEVEL * Math.exp(-2 * seconds) * sum);
    }
    return WavCodec.encode(Sound.mono(RATE_HZ, samples), SampleFormat.S16, new LinkedHashMap<>());
  }
}
