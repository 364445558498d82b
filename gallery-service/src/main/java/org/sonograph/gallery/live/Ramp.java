package org.sonograph.gallery.live;

/** A gain that goes evenly to where it is sent, and never jumps. */
final class Ramp {
  private double value;
  private double target;
  private double perFrame;

  Ramp(double value) {
    this.value = value;
    this.target = value;
  }

  /** Sends it somewhere, to arrive after so many frames. */
  void to(double aim, int frames) {
    if (aim != target) {
      target = aim;
      perFrame = Math.abs(aim - value) / Math.max(1, frames);
    }
  }

  double value() {
    return value;
  }

  double target() {
    return target;
  }

  boolean isAtRest() {
    return value == target;
  }

  /** Goes on by a frame. */
  double step() {
    if (value != target) {
      value =
          value < target ? Math.min(target, value + perFrame) : Math.max(target, value - perFrame);
    }
    return value;
  }

  /** Its course over the next frames. */
  float[] course(int frames) {
    float[] course = new float[frames];
    for (int i = 0; i < frames; i++) {
      course[i] = (float) step();
    }
    return course;
  }

  /** Weighs samples by a course; where it is 1 they stay what they are. */
  static void weigh(float[][] sound, float[] course) {
    for (float[] channel : sound) {
      for (int i = 0; i < course.length; i++) {
        channel[i] *= course[i];
      }
    }
  }
}
