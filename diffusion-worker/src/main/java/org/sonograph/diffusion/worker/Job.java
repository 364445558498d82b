package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.sonograph.runtime.ShareGroupSetup;
import org.sonograph.schemas.HopWork;

/** One record between its coming and the word about what became of it. Any thread may ask it. */
final class Job {
  /**
   * A record that came this often may be what ended its worker: it is worked on alone, so that
   * others are not ended with it.
   */
  private static final int SUSPECT_DELIVERIES = 3;

  private final ConsumerRecord<byte[], byte[]> record;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final AtomicBoolean occupies = new AtomicBoolean(true);
  private final long startNanos = System.nanoTime();
  private final Places places;
  private final HopWork hop;
  private volatile boolean held = true;
  private volatile boolean begun;
  private volatile long workingSince;

  Job(ConsumerRecord<byte[], byte[]> record, Places places) {
    this.record = record;
    this.places = places;
    this.hop = HopWork.on(record.headers(), PictureWork.STAGE, deliveries());
    outcome.whenComplete((done, error) -> leavePlace());
  }

  ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  /** What answers to the record say of their trace. */
  HopWork hop() {
    return hop;
  }

  int deliveries() {
    return record.deliveryCount().orElse((short) 1);
  }

  boolean isSuspect() {
    return deliveries() >= SUSPECT_DELIVERIES;
  }

  /** Whether the next delivery would be the one that is not tried. */
  boolean isLastTry() {
    return deliveries() >= ShareGroupSetup.DELIVERY_COUNT_LIMIT - 2;
  }

  /** Whether the record still belongs to this worker. */
  boolean isHeld() {
    return held;
  }

  /** Nobody here wants the result any more. */
  void drop() {
    held = false;
  }

  /** The device works on it from now on. */
  void enterDevice() {
    begun = true;
    workingSince = System.nanoTime();
  }

  /** Other work on it begins, or goes on. */
  void work() {
    workingSince = System.nanoTime();
  }

  /** It waits for others. */
  void rest() {
    workingSince = 0;
  }

  /** Whether the device has begun on it. */
  boolean isBegun() {
    return begun;
  }

  /** Lets this worker take another record in its place. */
  void leavePlace() {
    if (occupies.getAndSet(false)) {
      places.leave(isSuspect());
    }
  }

  void end(Outcome what) {
    outcome.complete(what);
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** Since it came. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Time in the stage that works on it now; zero while it waits. */
  Duration working() {
    long since = workingSince;
    return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  /** Where the record lies, for logs. */
  String name() {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
