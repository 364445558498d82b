package org.sonograph.gallery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;
import org.sonograph.gallery.live.LiveStream;
import org.sonograph.gallery.live.LiveStreams;
import org.sonograph.gallery.live.OutputGrid;
import org.sonograph.gallery.live.Source;
import org.sonograph.runtime.meters.Catalogue;

/** Measures streams; one that is forgotten is not a number. */
final class LiveMeters {
  private final MeterRegistry meters;
  private final Timer freshness;

  LiveMeters(MeterRegistry meters) {
    this.meters = meters;
    this.freshness = Catalogue.LIVE_FRESHNESS.timer(meters);
  }

  /** Where the freshness of chunks is told. */
  LongConsumer freshness() {
    return ms -> freshness.record(Duration.ofMillis(Math.max(0, ms)));
  }

  /** Measures a stream that is about to begin. */
  void watch(LiveStreams streams, String name) {
    gauge(streams, Catalogue.LIVE_EXPECTED, name, stream -> stream.isExpected() ? 1 : 0);
    gauge(streams, Catalogue.LIVE_FLOWING, name, stream -> stream.isFlowing() ? 1 : 0);
    gauge(streams, Catalogue.LIVE_BUFFER, name, stream -> stream.player().state().bufferSeconds());
    gauge(streams, Catalogue.LIVE_LISTENERS, name, LiveStream::listeners);
    for (Source.Kind kind : Source.Kind.values()) {
      Catalogue.LIVE_PLAYED.counted(meters, () -> seconds(streams, name, kind), name, kind.text());
    }
  }

  private void gauge(
      LiveStreams streams, Catalogue meter, String name, ToDoubleFunction<LiveStream> value) {
    meter.gauge(
        meters, () -> streams.find(name).map(value::applyAsDouble).orElse(Double.NaN), name);
  }

  private static double seconds(LiveStreams streams, String name, Source.Kind kind) {
    return streams
        .find(name)
        .map(stream -> (double) stream.player().frames(kind) / OutputGrid.STANDARD.rateHz())
        .orElse(0.0);
  }
}
