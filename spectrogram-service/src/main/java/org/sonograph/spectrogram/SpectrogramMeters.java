package org.sonograph.spectrogram;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.StageMeters;
import org.sonograph.schemas.Place;

/** Counts and times what becomes of chunks. */
final class SpectrogramMeters {
  private final MeterRegistry registry;
  private final Timer draw;
  private final StageMeters stage;

  SpectrogramMeters(MeterRegistry registry) {
    this.registry = registry;
    this.draw = Catalogue.SPECTROGRAM_DRAW.timer(registry);
    this.stage = new StageMeters(registry, Carrier.SPECTROGRAM);
    Catalogue.SPECTROGRAM_CHUNKS.zero(registry);
  }

  /** A record is dealt with; its picture, if there is one by now, is on its way. */
  void made(Place place, long writtenMs, long nowMs) {
    stage.audio(place);
    stage.made(writtenMs, nowMs);
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
