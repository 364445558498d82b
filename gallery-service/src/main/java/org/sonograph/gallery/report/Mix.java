package org.sonograph.gallery.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.sonograph.signal.loudness.LevelFollower;
import org.sonograph.signal.loudness.LoudnessMeter;
import org.sonograph.signal.loudness.TruePeakLimiter;
import org.sonograph.signal.sound.Resampler;
import org.sonograph.signal.sound.Sound;

/**
 * Several readings of one take as one sound: their weighted sum, brought to the loudness each of
 * them has, and limited.
 *
 * @param weights share of each reading by its name, more than 0
 */
public record Mix(SequencedMap<String, Double> weights) {

  /** Name of the mix's file without its extension. */
  public static final String NAME = "mix";

  public Mix {
    weights = new LinkedHashMap<>(weights);
  }

  /** Reads {@code rgb-mean=0.7,voices=0.3}; every name must be one of the run's readings. */
  public static Mix parse(String text, List<String> readings) {
    SequencedMap<String, Double> weights = new LinkedHashMap<>();
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      double weight;
      try {
        weight = equals < 0 ? Double.NaN : Double.parseDouble(pair.substring(equals + 1));
      } catch (NumberFormatException e) {
        weight = Double.NaN;
      }
      if (!(weight > 0 && weight <= 100)) {
        throw new IllegalArgumentException(
            "--mix=%s: '%s', expected name=weight,name=weight with weights above 0, at most 100"
                .formatted(text, pair));
      }
      if (!readings.contains(name)) {
        throw new IllegalArgumentException(
            "--mix=%s: reading %s is not made in this run, expected one of %s (--reading)"
                .formatted(text, name, String.join(", ", readings)));
      }
      if (weights.put(name, weight) != null) {
        throw new IllegalArgumentException(
            "--mix=%s: reading %s is named twice".formatted(text, name));
      }
    }
    return new Mix(weights);
  }

  /** The mix of sounds by reading; as long as the longest, at the first one's rate, in stereo. */
  public Sound of(Map<String, Sound> sounds) {
    List<Sound> parts = new ArrayList<>();
    int rate = sounds.get(weights.firstEntry().getKey()).sampleRateHz();
    int length = 0;
    for (String name : weights.keySet()) {
      Sound part = Resampler.resample(sounds.get(name), rate);
      parts.add(part);
      length = Math.max(length, part.length());
    }
    float[][] sum = new float[2][length];
    int next = 0;
    for (double weight : weights.values()) {
      Sound part = parts.get(next++);
      for (int c = 0; c < 2; c++) {
        float[] from = part.channels()[Math.min(c, part.channelCount() - 1)];
        for (int i = 0; i < from.length; i++) {
          sum[c][i] += (float) weight * from[i];
        }
      }
    }
    double lufs = LoudnessMeter.integratedLufs(rate, sum);
    double gain = lufs <= -70 ? 1 : Math.pow(10, (LevelFollower.TARGET_LUFS - lufs) / 20);
    for (float[] channel : sum) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] *= (float) gain;
      }
    }
    TruePeakLimiter limiter = new TruePeakLimiter(rate, 2);
    return new Sound(rate, limiter.push(sum)).then(new Sound(rate, limiter.finish()));
  }
}
