package org.sonograph.spectrogram;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts and times what becomes of chunks. */
final class SpectrogramMeters {
  private final MeterRegistry registry;
  private final Timer draw;

  SpectrogramMeters(MeterRegistry registry) {
    this.registry = registry;
    this.draw =
        Timer.builder("sonograph.spectrogram.draw")
            .description("time from a chunk's samples to its picture or columns")
            .register(registry);
  }

  Timer draw() {
    return draw;
  }

  /**
   * One chunk taken in: {@code picture}, {@code columns}, {@code duplicate}, or the code of its
   * failure.
   */
  void chunk(String outcome) {
    registry.counter("sonograph.spectrogram.chunks", "outcome", outcome).increment();
  }
}
