package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.Golden;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.PromptReading;
import org.sonograph.diffusion.RequestOptions;
import org.sonograph.diffusion.SamplerTuning;
import org.sonograph.diffusion.noise.LatentShape;
import org.sonograph.diffusion.scheduler.Sampler;
import org.sonograph.signal.picture.Picture;

/**
 * What a step of the denoising loop takes from the heap, over what a bare call of the graph takes.
 */
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int STEPS = 12;

  /** Steps at the start in which classes are loaded and strings are joined for the first time. */
  private static final int SETTLING = 4;

  private static OnnxDiffuser diffuser;
  private static long bareBytes;

  static List<String> samplers() {
    return Sampler.names();
  }

  @BeforeAll
  static void open() {
    DiffuserOptions options = DiffuserOptions.defaults().withThreads(1);
    diffuser = new OnnxDiffuser(Golden.models().resolve("tiny-sd"), options);
    bareBytes = bareBytes(options);
  }

  @AfterAll
  static void close() {
    diffuser.close();
  }

  /** Heap bytes of one call of the U-Net through ONNX Runtime's binding, tensors bound. */
  private static long bareBytes(DiffuserOptions options) {
    ModelFolder folder = ModelFolder.read(Golden.models().resolve("tiny-sd"));
    Embedding prompt = new Embedding(new float[77 * 32], 77, false);
    Denoiser.Row row = new Denoiser.Row(prompt, new float[0]);
    try (Graph graph =
            new Graph(folder.graph("unet"), Graph.Use.EVERY_STEP, new Sessions(options));
        Denoiser denoiser = new Denoiser(graph, new LatentShape(4, 4, 4), List.of(row, row))) {
      denoiser.show(0, 1, new float[64]);
      for (int i = 0; i < SETTLING; i++) {
        denoiser.run();
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < STEPS; i++) {
        denoiser.run();
      }
      return (THREADS.getCurrentThreadAllocatedBytes() - before) / STEPS;
    }
  }

  @Test
  void theBindingItselfTakesLessThanAKilobyte() {
    assertThat(bareBytes).isBetween(1L, 1_000L);
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void aStepTakesNothingBeyondTheBinding(String sampler) throws InterruptedException {
    assertThat(bytesAStep(request(sampler, new NoisePlan.Torch(3), RequestOptions.NONE)))
        .isEqualTo(bareBytes);
  }

  @Test
  void stripNoiseTakesNothingEither() throws InterruptedException {
    assertThat(bytesAStep(request("euler-a", new NoisePlan.Strip(3, 8), RequestOptions.NONE)))
        .isEqualTo(bareBytes);
  }

  @Test
  void maskAndRollingAndRescaleTakeNothingEither() throws InterruptedException {
    RequestOptions options =
        new RequestOptions(
            PromptReading.PLAIN,
            new SamplerTuning(0.5, 0.5, "trailing"),
            Optional.of(picture()),
            RequestOptions.Edges.JOINED,
            RequestOptions.Safety.UNCHECKED);
    assertThat(bytesAStep(request("ddim", new NoisePlan.Torch(3), options))).isEqualTo(bareBytes);
  }

  private static long bytesAStep(DiffusionRequest request) throws InterruptedException {
    long[] bytes = new long[STEPS + 2];
    diffuser.denoise(
        List.of(diffuser.begin(request)),
        (done, total) -> bytes[done] = THREADS.getCurrentThreadAllocatedBytes());
    return (bytes[STEPS - 1] - bytes[SETTLING]) / (STEPS - 1 - SETTLING);
  }

  private static DiffusionRequest request(String sampler, NoisePlan noise, RequestOptions options) {
    return new DiffusionRequest(picture(), "a", "b", 1, 3, STEPS, sampler, noise, options);
  }

  private static Picture picture() {
    byte[] samples = new byte[32 * 32 * 3];
    new Random(5).nextBytes(samples);
    return Picture.rgb(32, 32, samples);
  }
}
