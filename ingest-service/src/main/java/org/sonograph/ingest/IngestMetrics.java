package org.sonograph.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.sonograph.ingest.send.AheadGate;
import org.sonograph.runtime.meters.Catalogue;

/** What is counted of sources and chunks. */
final class IngestMetrics {
  private final MeterRegistry meters;
  private final Counter audioSeconds;
  private final Counter chunks;

  IngestMetrics(MeterRegistry meters, AheadGate gate) {
    this.meters = meters;
    audioSeconds = Catalogue.INGEST_AUDIO.counter(meters);
    chunks = Catalogue.INGEST_CHUNKS.counter(meters);
    Catalogue.INGEST_FILES.zero(meters);
    Catalogue.INGEST_UNDER_WAY.gauge(meters, gate::underWay);
    Catalogue.INGEST_HOLDING.gauge(meters, () -> gate.holding() ? 1 : 0);
  }

  void decoded(double seconds) {
    audioSeconds.increment(seconds);
  }

  void sent(long count) {
    chunks.increment(count);
  }

  void done(IngestResult result) {
    String outcome = result.outcome().name().toLowerCase(Locale.ROOT);
    Catalogue.INGEST_FILES.counter(meters, outcome).increment();
  }
}
