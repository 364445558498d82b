package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sonograph.runtime.HealthReport;

/**
 * Takes pictures from the share group by several lanes, and has them painted by one device.
 *
 * <p>A record is accepted only after the broker has what came of it; so a worker that dies at any
 * moment costs a repetition, never a picture.
 */
final class DiffusionWorker {
  /** One lane has the device, one has its next batch ready, one acknowledges and fetches. */
  private static final int LANES = 3;

  private final Places places;
  private final Pipeline pipeline;
  private final WorkerMeters meters;
  private final Times times;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile long stopNanos;
  private Duration pause;

  /**
   * How long things take.
   *
   * @param lock how long a record belongs to a worker that gives no sign
   * @param idle how long a lane waits for a record before another one asks
   * @param limit longest time for one stage of a picture
   * @param drain how long a stop waits for the pictures in work
   * @param pause first wait after a failure that may pass; it doubles
   */
  record Times(Duration lock, Duration idle, Duration limit, Duration drain, Duration pause) {
    static final int RENEWALS_A_LOCK = 3;

    Duration renewal() {
      return lock.dividedBy(RENEWALS_A_LOCK);
    }
  }

  /** A worker that has not begun. */
  DiffusionWorker(Places places, Pipeline pipeline, WorkerMeters meters, Times times) {
    this.places = places;
    this.pipeline = pipeline;
    this.meters = meters;
    this.times = times;
    this.pause = times.pause();
    meters.held(places::occupied);
  }

  /** Begins to take pictures. */
  void start(ShareConnection connection) {
    for (int i = 0; i < LANES; i++) {
      Lane lane = new Lane(connection, this);
      lanes.add(lane);
      threads.add(Thread.ofPlatform().name("diffusion-lane-" + i).start(lane));
    }
  }

  /** The worst that a lane reports. */
  HealthReport health() {
    HealthReport worst = HealthReport.ready();
    for (Lane lane : lanes) {
      HealthReport report = lane.health();
      if (report.state().compareTo(worst.state()) > 0) {
        worst = report;
      }
    }
    return worst;
  }

  /** Takes nothing more, and ends the lanes once what is under way is through. */
  void stop() {
    stopNanos = System.nanoTime();
    stop.countDown();
    takeNothingMore();
    lanes.forEach(Lane::wakeUp);
  }

  /** All lanes end once what they hold is through. */
  void takeNothingMore() {
    places.close();
  }

  /** Waits until all lanes have ended; false if they have not in time. */
  boolean join(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    for (Thread thread : threads) {
      if (!thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  Places places() {
    return places;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  WorkerMeters meters() {
    return meters;
  }

  Times times() {
    return times;
  }

  boolean isStopping() {
    return stop.getCount() == 0;
  }

  /** Whether a stop has waited long enough. */
  boolean isDrainOver() {
    return isStopping() && System.nanoTime() - stopNanos >= times.drain().toNanos();
  }

  /** Returns after that time, or with true as soon as this worker is to stop. */
  boolean awaitStop(Duration time) throws InterruptedException {
    return stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Something is known of how this worker does: after a failure it takes nothing for a while. */
  synchronized void ended(Outcome outcome) {
    if (outcome.isDone()) {
      pause = times.pause();
      places.survived();
    } else if (outcome == Outcome.RELEASED) {
      places.pause(pause);
      pause = Lane.longer(pause);
    }
  }
}
