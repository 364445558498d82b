package org.sonograph.ingest.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.StageMeters;
import org.sonograph.schemas.Place;

/** What is counted of streams. */
final class LiveMeters {
  private final MeterRegistry meters;
  private final Counter dropped;
  private final StageMeters stage;

  /** The registry holds what it counts by a weak reference alone. */
  private final List<DoubleSupplier> counted = new ArrayList<>();

  LiveMeters(MeterRegistry meters) {
    this.meters = meters;
    this.dropped = Catalogue.LIVE_DROPPED.counter(meters);
    this.stage = new StageMeters(meters, Carrier.INGEST);
  }

  /** A chunk could not be sent before it was to be heard. */
  void dropped() {
    dropped.increment();
  }

  /** A chunk was handed to the broker's client. */
  void sent(Place place) {
    stage.audio(place);
    Catalogue.LIVE_CHUNKS.counter(meters, place.getStream()).increment();
  }

  /** A stream begins: whether its source is heard, how often it was opened, and its rung. */
  void stream(String name, DoubleSupplier isThere, DoubleSupplier openings, DoubleSupplier rung) {
    Catalogue.LIVE_SOURCE.gauge(meters, isThere, name);
    counted.add(openings);
    Catalogue.LIVE_OPENINGS.counted(meters, openings, name);
    Catalogue.LIVE_RUNG.gauge(meters, rung, name);
    Catalogue.LIVE_CHUNKS.counter(meters, name);
    for (String direction : Ladder.DIRECTIONS) {
      Catalogue.LIVE_RUNG_CHANGES.counter(meters, name, direction);
    }
  }

  /** The ladder took a step. */
  void stepped(String name, String direction) {
    Catalogue.LIVE_RUNG_CHANGES.counter(meters, name, direction).increment();
  }
}
