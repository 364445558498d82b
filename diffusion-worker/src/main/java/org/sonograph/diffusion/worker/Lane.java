package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.HealthReport;
import org.sonograph.schemas.Topics;

/**
 * One share consumer with the records it holds: takes some, keeps their locks alive while they are
 * worked on, and says what became of each.
 *
 * <p>While a share consumer holds a record it gets no other; so a worker has several lanes, and one
 * fetches and acknowledges while the device works for another.
 */
final class Lane implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);
  private static final int CUT_OFF_ROUNDS = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  private final ShareConnection connection;
  private final DiffusionWorker worker;
  private final Map<HeldRecords.Id, Job> jobs = new HashMap<>();
  private final BlockingQueue<Job> done = new LinkedBlockingQueue<>();
  private volatile Optional<ShareConsumer<byte[], byte[]>> consumer = Optional.empty();
  private HeldRecords held;
  private int records;

  /**
   * Whether a word about a record failed. A consumer that still waits for a renewal to come back
   * fetches nothing ever after, so another one is opened before the next poll.
   */
  private boolean isDoubtful;

  private int cutOffRounds;
  private volatile HealthReport health = HealthReport.ready();

  Lane(ShareConnection connection, DiffusionWorker worker) {
    this.connection = connection;
    this.worker = worker;
  }

  HealthReport health() {
    return health;
  }

  /** Makes a poll that waits return; any thread may call it. */
  void wakeUp() {
    consumer.ifPresent(ShareConsumer::wakeup);
  }

  @Override
  public void run() {
    try {
      int most = worker.places().await();
      while (most > 0 && health.state() != HealthReport.State.DEAD) {
        round(most);
        most = worker.places().await();
      }
      consumer.ifPresent(open -> open.close(CLOSE_PATIENCE));
    } catch (WakeupException e) {
      consumer.ifPresent(ShareConnection::drop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      health = HealthReport.dead("the worker stopped: " + e.getMessage());
      LOG.error("the worker stopped: {}", e.getMessage(), e);
    }
  }

  /** Takes at most so many records and sees them through. */
  private void round(int most) throws InterruptedException {
    long start = System.nanoTime();
    try {
      connect(most);
      held.poll(worker.times().idle());
      held.all().forEach(this::take);
    } finally {
      worker
          .places()
          .answered(jobs.size(), (int) jobs.values().stream().filter(Job::isSuspect).count());
    }
    if (!jobs.isEmpty()) {
      jobs.values().forEach(worker.pipeline()::submit);
      seeThrough();
      return;
    }
    cutOffRounds = isCutOff() ? cutOffRounds + 1 : 0;
    if (cutOffRounds >= CUT_OFF_ROUNDS) {
      reconnect();
      return;
    }
    Duration rest = worker.times().idle().minusNanos(System.nanoTime() - start);
    if (rest.isPositive()) {
      worker.awaitStop(rest);
    }
  }

  private void connect(int most) {
    if (consumer.isPresent() && records == most && !isDoubtful) {
      return;
    }
    isDoubtful = false;
    consumer.ifPresent(old -> old.close(CLOSE_PATIENCE));
    ShareConsumer<byte[], byte[]> fresh = connection.open(most);
    consumer = Optional.of(fresh);
    records = most;
    held = new HeldRecords(fresh, worker.times().renewal());
    cutOffRounds = 0;
    fresh.subscribe(List.of(Topics.SPECTROGRAM_IMAGES.name()));
  }

  private boolean isCutOff() {
    return consumer.filter(ShareConnection::isCutOff).isPresent();
  }

  /** Waits without a consumer until a broker answers. */
  private void reconnect() throws InterruptedException {
    health = HealthReport.notReady("no broker answers");
    LOG.warn("no broker answers; asking again until one does");
    consumer.ifPresent(ShareConnection::drop);
    consumer = Optional.empty();
    Duration wait = worker.times().pause();
    while (!worker.awaitStop(wait)) {
      if (connection.brokerAnswers()) {
        LOG.info("a broker answers again");
        health = HealthReport.ready();
        return;
      }
      wait = longer(wait);
    }
  }

  /** Twice as long, up to a bound. */
  static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Job job = new Job(record, worker.places());
    if (job.deliveries() > 1) {
      worker.meters().redelivery();
    }
    if (job.isLastTry()) {
      worker.meters().lastAttempt();
    }
    job.outcome().whenComplete((outcome, error) -> done.add(job));
    jobs.put(HeldRecords.Id.of(record), job);
  }

  private void seeThrough() throws InterruptedException {
    long renewal = System.nanoTime() + worker.times().renewal().toNanos();
    while (!jobs.isEmpty()) {
      long wait = Math.clamp(renewal - System.nanoTime(), 1, GLANCE.toNanos());
      Job ended = done.poll(wait, TimeUnit.NANOSECONDS);
      while (ended != null) {
        settle(ended);
        ended = done.poll();
      }
      giveBackWhatIsLeft();
      if (System.nanoTime() >= renewal && !jobs.isEmpty()) {
        renew();
        renewal = System.nanoTime() + worker.times().renewal().toNanos();
      }
    }
    done.clear();
  }

  /** On a stop, and where the device hangs. */
  private void giveBackWhatIsLeft() {
    for (Job job : List.copyOf(jobs.values())) {
      if (worker.isStopping() && !job.isBegun()) {
        giveBack(job, "the worker stops");
      } else if (worker.isDrainOver()) {
        giveBack(job, "the worker stops");
      } else if (job.working().compareTo(worker.times().limit()) >= 0) {
        giveBack(job, "it has taken longer than " + worker.times().limit());
        health =
            HealthReport.dead(
                "a picture has taken longer than %d s: the device hangs; restart the worker"
                    .formatted(worker.times().limit().toSeconds()));
        worker.takeNothingMore();
      }
    }
  }

  private void renew() throws InterruptedException {
    held.renew();
    worker.meters().renewal();
    for (Job job : List.copyOf(jobs.values())) {
      if (!held.contains(HeldRecords.Id.of(job.record()))) {
        lose(job);
      }
    }
    cutOffRounds = isCutOff() ? cutOffRounds + 1 : 0;
    if (cutOffRounds > DiffusionWorker.Times.RENEWALS_A_LOCK) {
      // The locks have run out by now, and nobody can be told.
      List.copyOf(jobs.values()).forEach(this::lose);
      reconnect();
    }
  }

  private void settle(Job job) {
    if (!jobs.remove(HeldRecords.Id.of(job.record()), job)) {
      // dropped before; the same record may be here again by now
      return;
    }
    Outcome outcome = job.outcome().join();
    boolean isTaken =
        held.settle(
            job.record(), outcome.isDone() ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
    worker.meters().picture(outcome, job.age());
    if (outcome.isDone()) {
      worker.meters().accepted(job.record());
    }
    if (!isTaken) {
      isDoubtful = true;
      worker.meters().lost();
      LOG.info(
          "{} was no longer this worker's when it was done; whoever has it now makes it again, and"
              + " the first one counts",
          job.name());
    }
    worker.ended(outcome);
  }

  /** The broker has given the record to another worker: what this one makes of it is not wanted. */
  private void lose(Job job) {
    jobs.remove(HeldRecords.Id.of(job.record()));
    isDoubtful = true;
    worker.pipeline().drop(job);
    worker.meters().lost();
    LOG.warn("the lock on {} is lost; its picture is dropped here", job.name());
  }

  private void giveBack(Job job, String why) {
    jobs.remove(HeldRecords.Id.of(job.record()));
    worker.pipeline().drop(job);
    held.settle(job.record(), AcknowledgeType.RELEASE);
    worker.meters().picture(Outcome.GIVEN_UP, job.age());
    LOG.warn("{} is given back: {}", job.name(), why);
  }
}
