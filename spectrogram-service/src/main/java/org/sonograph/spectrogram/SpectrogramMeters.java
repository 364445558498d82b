package org.sonograph.spectrogram;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.sonograph.runtime.meters.Catalogue;

/** Counts and times what becomes of chunks. */
final class SpectrogramMeters {
  private final MeterRegistry registry;
  private final Timer draw;

  SpectrogramMeters(MeterRegistry registry) {
    this.registry = registry;
    this.draw = Catalogue.SPECTROGRAM_DRAW.timer(registry);
    Catalogue.SPECTROGRAM_CHUNKS.zero(registry);
  }

  Timer draw() {
    return draw;
  }

  /**
   * One chunk taken in: {@code picture}, {@code columns}, {@code duplicate}, or the code of its
   * failure.
   */
  void chunk(String outcome) {
    Catalogue.SPECTROGRAM_CHUNKS.counter(registry, outcome).increment();
  }
}
