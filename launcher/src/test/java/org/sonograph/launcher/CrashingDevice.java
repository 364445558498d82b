package org.sonograph.launcher;

import java.time.Duration;
import java.util.List;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.DiffuserProvider;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.Draft;
import org.sonograph.diffusion.ModelInfo;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.SimulatedDiffuser;
import org.sonograph.diffusion.StepListener;

/**
 * A simulated device that ends its process, as a fault in native code would, at every picture that
 * begins at one column: {@code crash-test:COLUMN}. Only on the class path of tests.
 */
public final class CrashingDevice implements DiffuserProvider {
  private static final int AS_AFTER_A_SEGMENTATION_FAULT = 139;
  private static final Duration LATENCY = Duration.ofMillis(100);

  @Override
  public String scheme() {
    return "crash-test";
  }

  @Override
  public Diffuser open(String argument, DiffuserOptions options) {
    return new Crashing(Long.parseLong(argument), new SimulatedDiffuser(LATENCY));
  }

  private record Crashing(long column, SimulatedDiffuser device) implements Diffuser {
    @Override
    public DiffusedPicture diffuse(DiffusionRequest request, StepListener progress)
        throws InterruptedException {
      Draft draft = begin(request);
      denoise(List.of(draft), progress);
      return finish(draft);
    }

    @Override
    public Draft begin(DiffusionRequest request) {
      return device.begin(request);
    }

    @Override
    public void denoise(List<? extends Draft> drafts, StepListener progress)
        throws InterruptedException {
      device.denoise(drafts, progress);
      for (Draft draft : drafts) {
        if (draft.request().noise() instanceof NoisePlan.Strip strip
            && strip.firstColumn() == column) {
          Runtime.getRuntime().halt(AS_AFTER_A_SEGMENTATION_FAULT);
        }
      }
    }

    @Override
    public DiffusedPicture finish(Draft draft) throws InterruptedException {
      return device.finish(draft);
    }

    @Override
    public ModelInfo model() {
      return new ModelInfo("crash-test:" + column, "", "crashes", 1, "", List.of());
    }

    @Override
    public void close() {
      device.close();
    }
  }
}
