package org.sonograph.decoder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts and times what becomes of pictures. */
final class DecoderMeters {
  private final MeterRegistry registry;
  private final Timer decode;

  DecoderMeters(MeterRegistry registry) {
    this.registry = registry;
    this.decode =
        Timer.builder("sonograph.decoder.decode")
            .description("time from one picture to the sound of one reading")
            .register(registry);
  }

  Timer decode() {
    return decode;
  }

  /** One reading of one chunk: {@code sound}, or the code of its failure. */
  void chunk(String outcome) {
    registry.counter("sonograph.decoder.chunks", "outcome", outcome).increment();
  }
}
