package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.HealthReport;
import org.sonograph.schemas.Topics;

/**
 * Takes pictures from the share group, one at a time, and keeps the lock of the one in work alive
 * while another thread paints it.
 *
 * <p>A record is accepted only after the broker has what came of it; so a worker that dies at any
 * moment costs a repetition, never a picture.
 */
final class DiffusionWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(DiffusionWorker.class);
  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);
  private static final int CUT_OFF_ROUNDS = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
  private static final int RENEWALS_A_LOCK = 3;

  private final ShareConnection connection;
  private final PictureWork work;
  private final ExecutorService painting;
  private final WorkerMeters meters;
  private final Times times;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile ShareConsumer<byte[], byte[]> consumer;
  private HeldRecords held;
  private Duration pause;
  private int cutOffRounds;
  private volatile long stopNanos;
  private volatile HealthReport health = HealthReport.ready();

  /**
   * How long things take.
   *
   * @param lock how long a record belongs to a worker that gives no sign
   * @param idle how long to wait for a record
   * @param limit longest time for one picture
   * @param drain how long a stop waits for the picture in work
   * @param pause first wait before another try; it doubles
   */
  record Times(Duration lock, Duration idle, Duration limit, Duration drain, Duration pause) {
    Duration renewal() {
      return lock.dividedBy(RENEWALS_A_LOCK);
    }
  }

  /** One record in work. */
  private record Job(
      ConsumerRecord<byte[], byte[]> record,
      Future<Outcome> outcome,
      AtomicBoolean isHeld,
      long startNanos) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - startNanos);
    }
  }

  DiffusionWorker(
      ShareConnection connection,
      PictureWork work,
      ExecutorService painting,
      WorkerMeters meters,
      Times times) {
    this.connection = connection;
    this.work = work;
    this.painting = painting;
    this.meters = meters;
    this.times = times;
    this.pause = times.pause();
    connect();
  }

  private void connect() {
    consumer = connection.open();
    held = new HeldRecords(consumer, times.renewal());
    cutOffRounds = 0;
    consumer.subscribe(List.of(Topics.SPECTROGRAM_IMAGES.name()));
  }

  HealthReport health() {
    return health;
  }

  /** Makes {@link #run} finish what is under way and end; any thread may call it. */
  void stop() {
    stopNanos = System.nanoTime();
    stop.countDown();
    consumer.wakeup();
  }

  @Override
  public void run() {
    try {
      while (!isStopping() && health.state() != HealthReport.State.DEAD) {
        round();
      }
      held.releaseAll();
      consumer.close(CLOSE_PATIENCE);
    } catch (WakeupException e) {
      ShareConnection.drop(consumer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      health = HealthReport.dead("the worker stopped: " + e.getMessage());
      LOG.error("the worker stopped: {}", e.getMessage(), e);
    }
  }

  private boolean isStopping() {
    return stop.getCount() == 0;
  }

  private void round() throws InterruptedException {
    long start = System.nanoTime();
    if (held.first().isEmpty()) {
      held.poll(times.idle());
    }
    if (held.first().isPresent()) {
      work(held.first().get());
      return;
    }
    cutOffRounds = ShareConnection.isCutOff(consumer) ? cutOffRounds + 1 : 0;
    if (cutOffRounds >= CUT_OFF_ROUNDS) {
      reconnect();
      return;
    }
    Duration rest = times.idle().minusNanos(System.nanoTime() - start);
    if (rest.isPositive()) {
      stop.await(rest.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Waits without a consumer until a broker answers. */
  private void reconnect() throws InterruptedException {
    health = HealthReport.notReady("no broker answers");
    LOG.warn("no broker answers; asking again until one does");
    ShareConnection.drop(consumer);
    Duration wait = times.pause();
    while (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      if (connection.brokerAnswers()) {
        LOG.info("a broker answers again");
        break;
      }
      wait = longer(wait);
    }
    connect();
    health = HealthReport.ready();
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private void work(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
    if (record.deliveryCount().orElse((short) 1) > 1) {
      meters.redelivery();
    }
    AtomicBoolean isHeld = new AtomicBoolean(true);
    Job job =
        new Job(
            record,
            painting.submit(() -> work.run(record, isHeld::get)),
            isHeld,
            System.nanoTime());
    while (!isDone(job)) {
      if (isStopping() && System.nanoTime() - stopNanos >= times.drain().toNanos()) {
        giveBack(job, "the worker stops");
        return;
      }
      if (job.age().compareTo(times.limit()) >= 0) {
        giveBack(job, "it has taken longer than " + times.limit());
        health =
            HealthReport.dead(
                "a picture has taken longer than %d s: the device hangs; restart the worker"
                    .formatted(times.limit().toSeconds()));
        return;
      }
      held.renew();
      meters.renewal();
      if (!held.contains(HeldRecords.Id.of(record))) {
        lose(job);
        return;
      }
      cutOffRounds = ShareConnection.isCutOff(consumer) ? cutOffRounds + 1 : 0;
      if (cutOffRounds > RENEWALS_A_LOCK) {
        // The lock has run out by now, and nobody can be told.
        lose(job);
        reconnect();
        return;
      }
    }
    settle(job);
  }

  /** Waits until the next renewal is due, or the job is done, or a stop has waited long enough. */
  private boolean isDone(Job job) throws InterruptedException {
    long due = System.nanoTime() + times.renewal().toNanos();
    while (System.nanoTime() < due) {
      try {
        long wait = Math.min(GLANCE.toNanos(), Math.max(1, due - System.nanoTime()));
        job.outcome().get(wait, TimeUnit.NANOSECONDS);
        return true;
      } catch (ExecutionException e) {
        return true;
      } catch (TimeoutException e) {
        boolean isDrained =
            isStopping() && System.nanoTime() - stopNanos >= times.drain().toNanos();
        if (isDrained || job.age().compareTo(times.limit()) >= 0) {
          return false;
        }
      }
    }
    return job.outcome().isDone();
  }

  private void settle(Job job) throws InterruptedException {
    Outcome outcome = outcome(job);
    boolean isTaken =
        held.settle(
            job.record(), outcome.isDone() ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
    meters.picture(outcome, job.age());
    if (!isTaken) {
      meters.lost();
      LOG.info(
          "{} was no longer this worker's when it was done; whoever has it now makes it again, and the first one counts",
          name(job));
    }
    if (outcome.isDone()) {
      pause = times.pause();
    } else {
      stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      pause = longer(pause);
    }
  }

  private static Outcome outcome(Job job) throws InterruptedException {
    try {
      return job.outcome().get();
    } catch (ExecutionException e) {
      LOG.error("{} could not be worked on: {}", name(job), e.getCause().toString(), e.getCause());
      return Outcome.RELEASED;
    }
  }

  /** The broker has given the record to another worker: what this one makes of it is not wanted. */
  private void lose(Job job) {
    job.isHeld().set(false);
    job.outcome().cancel(true);
    meters.lost();
    LOG.warn("the lock on {} is lost; its picture is dropped here", name(job));
  }

  private void giveBack(Job job, String why) {
    job.isHeld().set(false);
    job.outcome().cancel(true);
    held.settle(job.record(), AcknowledgeType.RELEASE);
    meters.picture(Outcome.RELEASED, job.age());
    LOG.warn("{} is given back: {}", name(job), why);
  }

  private static String name(Job job) {
    return job.record().topic() + "-" + job.record().partition() + "@" + job.record().offset();
  }
}
