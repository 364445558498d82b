package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.Draft;
import org.sonograph.signal.picture.Picture;

/** Keeps the device at work, batch after batch. */
final class DeviceLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceLoop.class);

  private final BatchQueue queue;
  private final Batches batches;
  private final Listener listener;
  private List<BatchQueue.Waiting> atWork = List.of();
  private Thread thread;
  private boolean isClosed;

  /** Hears what came of a draft. */
  interface Listener {
    /** Whether the result is there already. */
    boolean isKnown(RecipeKey key);

    /** This is what it looks like so far. */
    void seen(BatchQueue.Waiting one, Picture picture);

    /** All steps are taken, or the result is there already. */
    void painted(BatchQueue.Waiting one);

    /** Nobody would hear it any more. */
    void tooLate(BatchQueue.Waiting one);

    /** The device, or the request, has failed. */
    void failed(BatchQueue.Waiting one, Exception error);
  }

  DeviceLoop(BatchQueue queue, Batches batches, Listener listener) {
    this.queue = queue;
    this.batches = batches;
    this.listener = listener;
  }

  @Override
  public void run() {
    synchronized (this) {
      thread = Thread.currentThread();
    }
    while (!isClosed()) {
      try {
        work(queue.take(batches::most));
      } catch (InterruptedException e) {
        // closed, or everything at work was dropped
      }
    }
  }

  private synchronized boolean isClosed() {
    return isClosed;
  }

  /** Stops after the step at work. */
  synchronized void close() {
    isClosed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Something was dropped; if nobody wants what is at work any more, the device is freed. */
  synchronized void dropped() {
    if (!atWork.isEmpty() && atWork.stream().noneMatch(w -> w.job().isHeld())) {
      thread.interrupt();
    }
  }

  private synchronized void begin(List<BatchQueue.Waiting> batch) {
    atWork = batch;
  }

  private synchronized void end() {
    atWork = List.of();
    if (!isClosed) {
      // an interruption was meant for this batch alone
      Thread.interrupted();
    }
  }

  private void work(List<BatchQueue.Waiting> taken) {
    List<BatchQueue.Waiting> batch = new ArrayList<>();
    for (BatchQueue.Waiting one : taken) {
      if (!one.job().isHeld()) {
        one.job().end(Outcome.GIVEN_UP);
      } else if (PictureWork.isTooLate(one.sketch().image())) {
        listener.tooLate(one);
      } else if (listener.isKnown(one.sketch().key())) {
        listener.painted(one);
      } else {
        batch.add(one);
      }
    }
    if (!batch.isEmpty()) {
      paint(batch);
    }
  }

  private void paint(List<BatchQueue.Waiting> batch) {
    if (batch.stream().noneMatch(w -> w.job().isHeld())) {
      batch.forEach(w -> w.job().end(Outcome.GIVEN_UP));
      return;
    }
    batch.forEach(w -> w.job().enterDevice());
    begin(batch);
    long start = System.nanoTime();
    try {
      List<Draft> drafts = batch.stream().map(BatchQueue.Waiting::draft).toList();
      batch
          .getFirst()
          .sketch()
          .diffuser()
          .denoise(drafts, new StepClock(batches::stepped, new Looks(batch, listener::seen)));
      batches.ran(batch.size(), Duration.ofNanos(System.nanoTime() - start));
      batch.forEach(listener::painted);
    } catch (InterruptedException e) {
      batch.forEach(w -> w.job().end(Outcome.GIVEN_UP));
    } catch (OutOfMemoryError e) {
      failed(
          batch,
          new DiffusionException(
              DiffusionException.Reason.MEMORY, "Java's heap ran out: " + e.getMessage(), e));
    } catch (RuntimeException e) {
      failed(batch, e);
    } finally {
      end();
    }
  }

  private void failed(List<BatchQueue.Waiting> batch, RuntimeException error) {
    if (batch.size() == 1) {
      listener.failed(batch.getFirst(), error);
      return;
    }
    if (error instanceof DiffusionException e && e.reason() == DiffusionException.Reason.MEMORY) {
      batches.tooLarge(batch.size());
      LOG.warn("{}; a batch of {} is too large for this device", e.getMessage(), batch.size());
      batch.forEach(w -> w.job().rest());
      queue.putBack(batch);
      return;
    }
    LOG.warn(
        "{}; each picture of the batch of {} is tried alone", error.getMessage(), batch.size());
    batch.forEach(one -> paint(List.of(one)));
  }
}
