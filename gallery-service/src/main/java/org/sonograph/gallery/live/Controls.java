package org.sonograph.gallery.live;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.sonograph.runtime.Hours;

/**
 * What the listener and the hour set: the level of each reading, of all together, and silence at
 * once. Nothing of it jumps.
 */
final class Controls {
  /** Time in which panic fades to silence, and back. */
  static final double PANIC_SECONDS = 2;

  private static final double CHANGE_SECONDS = 0.1;

  private final OutputGrid grid;
  private final Map<String, Double> mix = new HashMap<>();
  private final Map<String, Ramp> readings = new HashMap<>();
  private final Ramp master = new Ramp(1);
  private double volume = 1;
  private boolean isPanic;
  private double hour = Double.NaN;

  Controls(OutputGrid grid) {
    this.grid = grid;
  }

  /** Sets the level of all, 0 to 1. */
  void volume(double level) {
    volume = level;
    master.to(aim(), grid.frames(CHANGE_SECONDS));
  }

  double volume() {
    return volume;
  }

  /** Silence within {@value #PANIC_SECONDS} s, or sound again. */
  void panic(boolean silence) {
    isPanic = silence;
    master.to(aim(), grid.frames(PANIC_SECONDS));
  }

  /** Sets the level of this hour, 0 to 1: at once if it is the first, else in a long fade. */
  void hour(double level) {
    boolean isFirst = Double.isNaN(hour);
    hour = level;
    master.to(aim(), isFirst ? 0 : grid.frames(Hours.FADE_SECONDS));
  }

  /** Level of this hour. */
  double hour() {
    return Double.isNaN(hour) ? 1 : hour;
  }

  private double aim() {
    return isPanic ? 0 : volume * hour();
  }

  boolean isPanic() {
    return isPanic;
  }

  /** Sets the gains of readings; one that is not named keeps its own. */
  void mix(Map<String, Double> gains) {
    mix.putAll(gains);
  }

  /** Gains that were set. */
  Map<String, Double> mix() {
    return Map.copyOf(mix);
  }

  /**
   * Weighs one reading.
   *
   * @param sounding readings that are heard together: strangers, whose powers add up
   */
  void weigh(String reading, Set<String> sounding, float[][] sound) {
    double even = 1 / Math.sqrt(Math.max(1, sounding.size()));
    double aim = mix.getOrDefault(reading, 1.0) * even;
    Ramp gain = readings.computeIfAbsent(reading, name -> new Ramp(aim));
    if (sounding.contains(reading)) {
      gain.to(aim, grid.frames(CHANGE_SECONDS));
    }
    Ramp.weigh(sound, gain.course(sound[0].length));
  }

  /** Level of all together over the next frames. */
  float[] master(int frames) {
    return master.course(frames);
  }

  /** Whether nothing gets through because somebody wants so. */
  boolean isMuted() {
    return master.target() == 0;
  }
}
