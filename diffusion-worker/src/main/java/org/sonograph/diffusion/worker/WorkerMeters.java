package org.sonograph.diffusion.worker;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.sonograph.diffusion.ExecutionProvider;

/** What the worker counts. */
final class WorkerMeters {
  private static final String PREFIX = "sonograph.diffusion.";

  private final MeterRegistry meters;
  private final Timer seconds;
  private final Timer busy;
  private final DistributionSummary batches;
  private final AtomicInteger batchLimit;

  WorkerMeters(MeterRegistry meters) {
    this.meters = meters;
    this.seconds =
        Timer.builder(PREFIX + "picture")
            .description("time from taking a picture to knowing what became of it")
            .publishPercentileHistogram()
            .register(meters);
    this.busy =
        Timer.builder(PREFIX + "device.busy")
            .description("time the device was at work, a batch at a time")
            .register(meters);
    this.batches =
        DistributionSummary.builder(PREFIX + "batch")
            .description("pictures that shared calls of the model")
            .register(meters);
    this.batchLimit = meters.gauge(PREFIX + "batch.limit", new AtomicInteger());
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

  /** A result was there already. */
  void repeat() {
    meters.counter(PREFIX + "repeats").increment();
  }

  /** The device has done a batch. */
  void batch(int pictures, Duration time) {
    batches.record(pictures);
    busy.record(time);
  }

  /** Pictures a batch may have from now on. */
  void batchLimit(int pictures) {
    batchLimit.set(pictures);
  }

  /** Where the model computes, and where it was told to. */
  void device(ExecutionProvider provider, String asked) {
    meters.gauge(PREFIX + "device", Tags.of("provider", provider.text(), "asked", asked), 1);
  }
}
