package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.Draft;
import org.sonograph.diffusion.ModelInfo;
import org.sonograph.diffusion.StepListener;
import org.sonograph.signal.picture.Picture;

/** Paints one plain colour, the way it is told to: at once, never, or with an error. */
final class FakePaint implements Diffuser {
  /** What to do with a request. */
  interface Manner {
    void apply(DiffusionRequest request) throws InterruptedException;
  }

  final BlockingQueue<DiffusionRequest> requests = new LinkedBlockingQueue<>();
  final BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
  final CountDownLatch interrupted = new CountDownLatch(1);
  private volatile Manner manner;
  private volatile boolean isSeen;
  private volatile int mostAtOnce = Integer.MAX_VALUE;

  FakePaint(Manner manner) {
    this.manner = manner;
  }

  /** More pictures at once find no memory. */
  void limit(int pictures) {
    mostAtOnce = pictures;
  }

  void behave(Manner other) {
    manner = other;
  }

  /** Pictures of one size share a batch. */
  private record Plan(DiffusionRequest request) implements Draft {
    @Override
    public Object batchKey() {
      return List.of(request.picture().width(), request.picture().height());
    }
  }

  @Override
  public DiffusedPicture diffuse(DiffusionRequest request, StepListener progress)
      throws InterruptedException {
    Draft draft = begin(request);
    denoise(List.of(draft), progress);
    return finish(draft);
  }

  @Override
  public Draft begin(DiffusionRequest request) {
    return new Plan(request);
  }

  @Override
  public void denoise(List<? extends Draft> drafts, StepListener progress)
      throws InterruptedException {
    batches.add(drafts.size());
    if (drafts.size() > mostAtOnce) {
      throw new DiffusionException(DiffusionException.Reason.MEMORY, "out of memory");
    }
    progress.onStep(0, 2);
    progress.onStep(1, 2);
    for (Draft draft : drafts) {
      requests.add(draft.request());
      try {
        manner.apply(draft.request());
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }
  }

  /** Lets itself be looked at between the steps. */
  void show() {
    isSeen = true;
  }

  @Override
  public Optional<Picture> glimpse(Draft draft, Duration sinceLast) {
    return isSeen ? Optional.of(draft.request().picture()) : Optional.empty();
  }

  @Override
  public DiffusedPicture finish(Draft draft) {
    Picture in = draft.request().picture();
    byte[] art = new byte[in.width() * in.height() * 3];
    Arrays.fill(art, (byte) 77);
    return new DiffusedPicture(
        Picture.rgb(in.width(), in.height(), art), "euler", in.width(), in.height(), 10, false, 1);
  }

  @Override
  public ModelInfo model() {
    return new ModelInfo("fake", "0123456789abcdef", "a fake", 8, "euler", List.of("euler"));
  }

  @Override
  public void close() {}
}
