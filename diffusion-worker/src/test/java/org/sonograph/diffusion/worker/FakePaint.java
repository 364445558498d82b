package org.sonograph.diffusion.worker;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffusionRequest;
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
  final CountDownLatch interrupted = new CountDownLatch(1);
  private volatile Manner manner;

  FakePaint(Manner manner) {
    this.manner = manner;
  }

  void behave(Manner other) {
    manner = other;
  }

  @Override
  public DiffusedPicture diffuse(DiffusionRequest request, StepListener progress)
      throws InterruptedException {
    requests.add(request);
    try {
      manner.apply(request);
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
    Picture in = request.picture();
    byte[] art = new byte[in.width() * in.height() * 3];
    java.util.Arrays.fill(art, (byte) 77);
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
