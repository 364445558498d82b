package org.sonograph.diffusion;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32;
import org.sonograph.signal.picture.Picture;

/**
 * A device that takes a fixed time for a batch of any size and paints nothing: for measuring how
 * workers scale where no graphics card is. The picture comes back with every sample changed by one
 * number that follows from the recipe, so that one that was mixed up shows.
 */
public final class SimulatedDiffuser implements Diffuser {

  private final Duration latency;

  public SimulatedDiffuser(Duration latency) {
    this.latency = latency;
  }

  /** Any size goes with any other. */
  private record Plan(DiffusionRequest request) implements Draft {
    @Override
    public Object batchKey() {
      return SimulatedDiffuser.class;
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
    progress.onStep(0, 1);
    Thread.sleep(latency);
    progress.onStep(1, 1);
  }

  @Override
  public DiffusedPicture finish(Draft draft) {
    DiffusionRequest request = draft.request();
    Picture in = request.picture();
    byte[] samples = in.samples().clone();
    byte mark = mark(request);
    for (int i = 0; i < samples.length; i++) {
      samples[i] ^= mark;
    }
    return new DiffusedPicture(
        new Picture(in.width(), in.height(), in.channels(), samples),
        "",
        in.width(),
        in.height(),
        1,
        false,
        latency.toNanos() / 1e9);
  }

  private static byte mark(DiffusionRequest request) {
    CRC32 sum = new CRC32();
    String recipe = request.prompt() + '\n' + request.negativePrompt() + '\n' + request.noise();
    sum.update(recipe.getBytes(StandardCharsets.UTF_8));
    return (byte) sum.getValue();
  }

  @Override
  public ModelInfo model() {
    return new ModelInfo(
        Diffusers.SIMULATED + latency.toMillis(), "", "simulates a device", 1, "", List.of());
  }

  @Override
  public void close() {}
}
