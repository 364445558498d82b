package org.sonograph.runtime.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import org.sonograph.schemas.Place;

/** What every stage counts alike: how much sound it is done with, and how long a chunk took it. */
public final class StageMeters {
  private final Counter audio;
  private final Optional<Timer> latency;

  /** Meters of one stage. */
  public StageMeters(MeterRegistry meters, Carrier stage) {
    this.audio = Catalogue.STAGE_AUDIO.counter(meters, stage.text());
    this.latency =
        Carrier.STAGES.contains(stage)
            ? Optional.of(Catalogue.STAGE_LATENCY.timer(meters, stage.text()))
            : Optional.empty();
  }

  /** The stage is done with a chunk. */
  public void audio(Place place) {
    audio.increment(seconds(place));
  }

  /** The stage is done with one of a chunk's readings. */
  public void audio(Place place, int readings) {
    audio.increment(seconds(place) / Math.max(1, readings));
  }

  /**
   * What there is to make of a record is made.
   *
   * @param writtenMs the record's timestamp
   */
  public void made(long writtenMs, long nowMs) {
    latency.ifPresent(l -> l.record(Duration.ofMillis(Math.max(0, nowMs - writtenMs))));
  }

  /** Sound that a chunk adds to its track; where that is not known, the whole of it. */
  public static double seconds(Place place) {
    long samples = place.getFreshSamples() > 0 ? place.getFreshSamples() : place.getLengthSamples();
    return (double) samples / Math.max(1, place.getSampleRateHz());
  }
}
