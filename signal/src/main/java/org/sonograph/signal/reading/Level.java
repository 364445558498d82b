package org.sonograph.signal.reading;

/** Mean and peak of a sound that stands alone. Both change samples in place. */
final class Level {
  private Level() {}

  /** Takes out each channel's mean. */
  static void centre(float[]... channels) {
    for (float[] samples : channels) {
      double sum = 0;
      for (float v : samples) {
        sum += v;
      }
      float mean = (float) (sum / Math.max(1, samples.length));
      for (int i = 0; i < samples.length; i++) {
        samples[i] -= mean;
      }
    }
  }

  /** Scales all channels so that the greatest sample is 1; silence stays silence. */
  static void normalise(float[]... channels) {
    float peak = 0;
    for (float[] samples : channels) {
      for (float v : samples) {
        peak = Math.max(peak, Math.abs(v));
      }
    }
    if (peak > 0) {
      for (float[] samples : channels) {
        for (int i = 0; i < samples.length; i++) {
          samples[i] /= peak;
        }
      }
    }
  }
}
