package org.sonograph.decoder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.StageMeters;

/** Counts and times what becomes of pictures. */
final class DecoderMeters {
  private final MeterRegistry registry;
  private final Timer decode;
  private final StageMeters stage;

  DecoderMeters(MeterRegistry registry) {
    this.registry = registry;
    this.decode = Catalogue.DECODER_DECODE.timer(registry);
    this.stage = new StageMeters(registry, Carrier.DECODER);
    Catalogue.DECODER_CHUNKS.zero(registry);
  }

  /** All readings of a picture are decoded. */
  void made(long writtenMs, long nowMs) {
    stage.made(writtenMs, nowMs);
  }

  Timer decode() {
    return decode;
  }

  /** One reading of one chunk: {@code sound}, or the code of its failure. */
  void chunk(String outcome) {
    Catalogue.DECODER_CHUNKS.counter(registry, outcome).increment();
  }
}
