package org.sonograph.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.sonograph.ingest.send.AheadGate;

/** The meters of this service; the only place where their names stand. */
final class IngestMetrics {
  private final Counter audioSeconds;
  private final Counter chunks;
  private final Counter kills;
  private final Map<IngestResult.Outcome, Counter> files =
      new EnumMap<>(IngestResult.Outcome.class);

  IngestMetrics(MeterRegistry meters, AheadGate gate) {
    audioSeconds =
        Counter.builder("sonograph.ingest.audio")
            .baseUnit("seconds")
            .description("sound decoded and measured")
            .register(meters);
    chunks =
        Counter.builder("sonograph.ingest.chunks")
            .description("chunks acknowledged by the broker")
            .register(meters);
    kills =
        Counter.builder("sonograph.ingest.ffmpeg.kills")
            .description("FFmpeg processes killed for a limit")
            .register(meters);
    for (IngestResult.Outcome outcome : IngestResult.Outcome.values()) {
      files.put(
          outcome,
          Counter.builder("sonograph.ingest.files")
              .description("files taken in or refused")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
    Gauge.builder("sonograph.ingest.pictures.under.way", gate, AheadGate::underWay)
        .description("pictures sent and not yet sound, when last counted")
        .register(meters);
    Gauge.builder("sonograph.ingest.holding", gate, g -> g.holding() ? 1 : 0)
        .description("1 while sending waits because enough pictures are under way")
        .register(meters);
  }

  void decoded(double seconds) {
    audioSeconds.increment(seconds);
  }

  void sent(long count) {
    chunks.increment(count);
  }

  void killed() {
    kills.increment();
  }

  void done(IngestResult result) {
    files.get(result.outcome()).increment();
  }
}
