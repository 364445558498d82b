package org.sonograph.diffusion.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.sonograph.diffusion.ExecutionProvider;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.StageMeters;
import org.sonograph.schemas.ChunkHeaders;

/** What the worker counts. */
final class WorkerMeters {
  private final MeterRegistry meters;
  private final Timer seconds;
  private final Timer busy;
  private final DistributionSummary batches;
  private final Timer steps;
  private final StageMeters stage;
  private final Counter lastAttempts;
  private final Counter redeliveries;
  private final Counter renewals;
  private final Counter lost;
  private final Counter repeats;
  private final AtomicInteger batchLimit = new AtomicInteger();
  private volatile String open = "";

  WorkerMeters(MeterRegistry meters) {
    this.meters = meters;
    this.seconds = Catalogue.DIFFUSION_PICTURE.timer(meters);
    this.busy = Catalogue.DIFFUSION_BUSY.timer(meters);
    this.batches = Catalogue.DIFFUSION_BATCH.summary(meters);
    this.steps = Catalogue.DIFFUSION_STEP.timer(meters);
    this.stage = new StageMeters(meters, Carrier.DIFFUSION);
    this.lastAttempts = Catalogue.DIFFUSION_LAST_ATTEMPTS.counter(meters);
    this.redeliveries = Catalogue.DIFFUSION_REDELIVERIES.counter(meters);
    this.renewals = Catalogue.DIFFUSION_RENEWALS.counter(meters);
    this.lost = Catalogue.DIFFUSION_LOCKS_LOST.counter(meters);
    this.repeats = Catalogue.DIFFUSION_REPEATS.counter(meters);
    Catalogue.DIFFUSION_BATCH_LIMIT.gauge(meters, batchLimit::get);
    Catalogue.DIFFUSION_PICTURES.zero(meters);
  }

  void picture(Outcome outcome, Duration time) {
    Catalogue.DIFFUSION_PICTURES.counter(meters, outcome.text()).increment();
    seconds.record(time);
  }

  /** A record is accepted: what came of it is with the broker. */
  void accepted(ConsumerRecord<?, ?> record) {
    ChunkHeaders.read(record.headers()).ifPresent(h -> stage.audio(h.toPlace()));
    stage.made(record.timestamp(), System.currentTimeMillis());
  }

  /** A record came whose next delivery would not be tried. */
  void lastAttempt() {
    lastAttempts.increment();
  }

  /** The device has taken one step with a batch. */
  void step(Duration time) {
    steps.record(time);
  }

  /** Pictures that are taken and not finished by the device, asked for at any time. */
  void held(IntSupplier count) {
    Catalogue.DIFFUSION_HELD.gauge(meters, count::getAsInt);
  }

  /** A record came that had been given to a worker before. */
  void redelivery() {
    redeliveries.increment();
  }

  void renewal() {
    renewals.increment();
  }

  /** A lock ran out under work, whose result was dropped. */
  void lost() {
    lost.increment();
  }

  /** A result was there already. */
  void repeat() {
    repeats.increment();
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

  /** A model is open: where it computes, and where it was told to at first choice. */
  void device(String model, ExecutionProvider provider, ExecutionProvider asked) {
    open = model;
    Catalogue.DIFFUSION_DEVICE.gauge(
        meters, () -> model.equals(open) ? 1 : 0, model, provider.text(), asked.text());
  }
}
