package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.Draft;
import org.sonograph.diffusion.StandIns;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.signal.picture.Picture;

/**
 * The way of a record through the worker: reading and encoding on one thread, the device on
 * another, decoding and sending on a third. So the device goes from batch to batch, and everything
 * else happens beside it.
 */
final class Pipeline implements DeviceLoop.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  /** How long a record on its last try waits here for a device that fails. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final PictureWork work;
  private final Painter painter;
  private final Repeats repeats;
  private final StandIns standIns = new StandIns();
  private final BatchQueue queue;
  private final DeviceLoop device;
  private final WorkerMeters meters;
  private final ScheduledExecutorService before;
  private final ExecutorService after;
  private final Thread deviceThread;
  private volatile boolean isClosed;

  /** Parts that know nothing of each other. */
  record Parts(PictureWork work, Painter painter, Repeats repeats, WorkerMeters meters) {}

  /** Starts the threads. */
  Pipeline(Parts parts, BatchQueue queue, Batches batches) {
    this.work = parts.work();
    this.painter = parts.painter();
    this.repeats = parts.repeats();
    this.meters = parts.meters();
    this.queue = queue;
    this.before =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("diffusion-before").daemon().factory());
    this.after =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("diffusion-after").daemon().factory());
    this.device = new DeviceLoop(queue, batches, this);
    this.deviceThread = Thread.ofPlatform().name("diffusion-device").daemon().start(device);
  }

  /** Sends a record on its way; its outcome tells when it is through. */
  void submit(Job job) {
    execute(job, () -> before.execute(() -> prepare(job)));
  }

  /** Nobody wants the result of a job any more. */
  void drop(Job job) {
    job.drop();
    if (queue.remove(job)) {
      job.end(Outcome.GIVEN_UP);
    } else {
      device.dropped();
    }
  }

  private interface Stage {
    void run() throws Exception;
  }

  private void execute(Job job, Runnable submission) {
    try {
      submission.run();
    } catch (RejectedExecutionException e) {
      job.end(Outcome.GIVEN_UP);
    }
  }

  /** Runs a stage; whatever goes wrong in it ends the job. */
  private void guarded(Job job, Stage stage) {
    if (!job.isHeld()) {
      job.end(Outcome.GIVEN_UP);
      return;
    }
    job.work();
    try {
      stage.run();
    } catch (OutOfMemoryError e) {
      failed(
          job,
          new DiffusionException(
              DiffusionException.Reason.MEMORY, "Java's heap ran out: " + e.getMessage(), e));
    } catch (Exception e) {
      failed(job, e);
    }
  }

  private void failed(Job job, Exception error) {
    try {
      Outcome outcome = work.failed(job, error);
      if (outcome == Outcome.RELEASED && job.isLastTry() && job.isHeld() && !isClosed) {
        // Giving it back would blame the record for a device that fails.
        job.rest();
        execute(
            job,
            () -> before.schedule(() -> prepare(job), RETRY.toMillis(), TimeUnit.MILLISECONDS));
        return;
      }
      job.end(outcome);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      job.end(Outcome.GIVEN_UP);
    } catch (RuntimeException e) {
      LOG.warn("{}; the picture goes back for another try ({})", e.getMessage(), job.name());
      job.end(Outcome.RELEASED);
    }
  }

  private void prepare(Job job) {
    guarded(
        job,
        () -> {
          switch (work.read(job)) {
            case PictureWork.Next.Done done -> job.end(done.outcome());
            case PictureWork.Next.Paint paint -> begin(job, painter.sketch(paint.image()));
          }
        });
  }

  private void begin(Job job, Sketch sketch) throws InterruptedException {
    job.outcome()
        .whenComplete(
            (outcome, error) -> {
              sketch.lease().giveBack().run();
              queue.release(sketch.key());
            });
    Optional<DiffusedPicture> known = repeats.find(sketch.key());
    if (known.isPresent()) {
      meters.repeat();
      finishSoon(job, () -> finish(job, sketch, known.get()));
      return;
    }
    Draft draft = sketch.diffuser().begin(sketch.request());
    job.rest();
    queue.add(new BatchQueue.Waiting(job, sketch, draft, System.nanoTime()));
    if (!job.isHeld() && queue.remove(job)) {
      job.end(Outcome.GIVEN_UP);
    }
  }

  @Override
  public boolean isKnown(RecipeKey key) {
    return repeats.find(key).isPresent();
  }

  @Override
  public void seen(BatchQueue.Waiting one, Picture picture) {
    execute(
        one.job(),
        () ->
            after.execute(
                () -> {
                  if (one.job().isHeld()) {
                    work.preview(one.job(), Painter.preview(one.sketch().image(), picture));
                  }
                }));
  }

  @Override
  public void painted(BatchQueue.Waiting one) {
    finishSoon(
        one.job(),
        () -> {
          Optional<DiffusedPicture> known = repeats.find(one.sketch().key());
          if (known.isPresent()) {
            meters.repeat();
          }
          DiffusedPicture made =
              known.isPresent() ? known.get() : one.sketch().diffuser().finish(one.draft());
          finish(one.job(), one.sketch(), made);
        });
  }

  @Override
  public void tooLate(BatchQueue.Waiting one) {
    finishSoon(
        one.job(),
        () -> {
          work.tooLate(one.job(), one.sketch().image());
          one.job().end(Outcome.TOO_LATE);
        });
  }

  @Override
  public void failed(BatchQueue.Waiting one, Exception error) {
    // another attempt begins from the record
    one.sketch().lease().giveBack().run();
    queue.release(one.sketch().key());
    execute(one.job(), () -> after.execute(() -> failed(one.job(), error)));
  }

  /** The device has no more to do for it. */
  private void finishSoon(Job job, Stage stage) {
    job.rest();
    job.leavePlace();
    execute(job, () -> after.execute(() -> guarded(job, stage)));
  }

  private void finish(Job job, Sketch sketch, DiffusedPicture made) {
    repeats.keep(sketch.key(), made);
    DiffusedPicture shown =
        standIns.of(sketch.image().getPlace().getTake(), sketch.request().options().safety(), made);
    DiffusedImage art = Painter.art(sketch, shown);
    if (!job.isHeld()) {
      job.end(Outcome.GIVEN_UP);
      return;
    }
    job.rest();
    work.send(job, art, (place, error) -> sent(job, error));
  }

  private void sent(Job job, Exception error) {
    if (error == null) {
      job.end(Outcome.PAINTED);
    } else {
      // not here: a failure is told to the broker too, and this thread is the producer's own
      execute(job, () -> after.execute(() -> failed(job, error)));
    }
  }

  /** Ends all threads; what is under way is dropped. */
  @Override
  public void close() {
    isClosed = true;
    device.close();
    deviceThread.interrupt();
    before.shutdownNow();
    after.shutdownNow();
  }

  /** Whether nothing is in native code any more, after waiting a little. */
  boolean hasEnded(Duration patience) throws InterruptedException {
    return deviceThread.join(patience)
        && before.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)
        && after.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
