package org.sonograph.decoder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.sonograph.runtime.meters.Catalogue;

/** Counts and times what becomes of pictures. */
final class DecoderMeters {
  private final MeterRegistry registry;
  private final Timer decode;

  DecoderMeters(MeterRegistry registry) {
    this.registry = registry;
    this.decode = Catalogue.DECODER_DECODE.timer(registry);
    Catalogue.DECODER_CHUNKS.zero(registry);
  }

  Timer decode() {
    return decode;
  }

  /** One reading of one chunk: {@code sound}, or the code of its failure. */
  void chunk(String outcome) {
    Catalogue.DECODER_CHUNKS.counter(registry, outcome).increment();
  }
}
