package org.sonograph.gallery.live;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Pieces of made-up takes, each a function of the time of the wall clock at which it is due.
 *
 * @param about whose pieces they are
 * @param rateHz their rate
 * @param beginMs when their first sample is due
 * @param chunkSamples samples of each
 * @param wave value at a time in seconds since the take's begin
 */
record LiveSounds(
    LivePiece.About about, int rateHz, double beginMs, int chunkSamples, DoubleUnaryOperator wave) {
  static final String READING = "inverse";
  static final double AMPLITUDE = 0.3;

  static LiveSounds main(int rateHz, double beginMs, DoubleUnaryOperator wave) {
    return new LiveSounds(about("main", false), rateHz, beginMs, rateHz, wave);
  }

  static LivePiece.About about(String take, boolean standIn) {
    return new LivePiece.About(take, standIn, List.of(READING), "rain on " + take, "rain");
  }

  LiveSounds as(String take, boolean standIn) {
    return new LiveSounds(about(take, standIn), rateHz, beginMs, chunkSamples, wave);
  }

  LiveSounds sounding(DoubleUnaryOperator other) {
    return new LiveSounds(about, rateHz, beginMs, chunkSamples, other);
  }

  LiveSounds beginning(double ms) {
    return new LiveSounds(about, rateHz, ms, chunkSamples, wave);
  }

  /** A sine that starts at the origin of time. */
  static DoubleUnaryOperator sine(double hz) {
    return t -> AMPLITUDE * Math.sin(2 * Math.PI * hz * t);
  }

  /** The largest second difference that a sine can have. */
  static double roughness(double hz, int rateHz) {
    double step = 2 * Math.PI * hz / rateHz;
    return AMPLITUDE * step * step;
  }

  double dueMs(long chunk) {
    return beginMs + chunk * chunkSamples * 1000.0 / rateHz;
  }

  LivePiece piece(long chunk) {
    return piece(chunk, beginMs);
  }

  /** A chunk that says when its take begins. */
  LivePiece piece(long chunk, double saysBeginMs) {
    float[] samples = new float[chunkSamples];
    long start = chunk * chunkSamples;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) wave.applyAsDouble((start + i) / (double) rateHz);
    }
    return new LivePiece(
        about,
        chunk,
        READING,
        rateHz,
        start,
        chunkSamples,
        Optional.of(new float[][] {samples, samples.clone()}),
        new LivePiece.Time(saysBeginMs, 0, 0));
  }

  LivePiece failure(long chunk) {
    return new LivePiece(
        about,
        chunk,
        READING,
        rateHz,
        chunk * chunkSamples,
        chunkSamples,
        Optional.empty(),
        new LivePiece.Time(Double.NaN, 0, 0));
  }
}
