package org.sonograph.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.sonograph.ingest.send.AheadGate;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.StageMeters;
import org.sonograph.schemas.Place;

/** What is counted of sources and chunks. */
final class IngestMetrics {
  private final MeterRegistry meters;
  private final Counter audioSeconds;
  private final Counter chunks;
  private final StageMeters stage;

  IngestMetrics(MeterRegistry meters, AheadGate gate) {
    this.meters = meters;
    audioSeconds = Catalogue.INGEST_AUDIO.counter(meters);
    chunks = Catalogue.INGEST_CHUNKS.counter(meters);
    stage = new StageMeters(meters, Carrier.INGEST);
    Catalogue.INGEST_FILES.zero(meters);
    Catalogue.INGEST_UNDER_WAY.gauge(meters, gate::underWay);
    Catalogue.INGEST_HOLDING.gauge(meters, () -> gate.holding() ? 1 : 0);
  }

  void decoded(double seconds) {
    audioSeconds.increment(seconds);
  }

  /** A chunk was handed to the broker's client. */
  void handedOver(Place place) {
    stage.audio(place);
  }

  void sent(long count) {
    chunks.increment(count);
  }

  void done(IngestResult result) {
    String outcome = result.outcome().name().toLowerCase(Locale.ROOT);
    Catalogue.INGEST_FILES.counter(meters, outcome).increment();
  }
}
