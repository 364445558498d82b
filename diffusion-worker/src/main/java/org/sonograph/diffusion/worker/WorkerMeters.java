package org.sonograph.diffusion.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the worker counts. */
final class WorkerMeters {
  private static final String PREFIX = "sonograph.diffusion.";

  private final MeterRegistry meters;
  private final Timer seconds;

  WorkerMeters(MeterRegistry meters) {
    this.meters = meters;
    this.seconds =
        Timer.builder(PREFIX + "picture")
            .description("time from taking a picture to knowing what became of it")
            .publishPercentileHistogram()
            .register(meters);
  }

  void picture(Outcome outcome, Duration time) {
    meters.counter(PREFIX + "pictures", "outcome", outcome.text()).increment();
    seconds.record(time);
  }

  /** A record came that had been given to a worker before. */
  void redelivery() {
    meters.counter(PREFIX + "redeliveries").increment();
  }

  void renewal() {
    meters.counter(PREFIX + "renewals").increment();
  }

  /** A lock ran out under work, whose result was dropped. */
  void lost() {
    meters.counter(PREFIX + "locks.lost").increment();
  }
}
