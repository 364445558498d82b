package org.sonograph.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.noise.TorchGenerator;

class PndmSchedulerTest {

  @Test
  void knowsNoRescalingToPureNoise() {
    float[] plain = painted(Map.of("timestep_spacing", "trailing"));
    assertThat(painted(Map.of("timestep_spacing", "trailing", "rescale_betas_zero_snr", true)))
        .isEqualTo(plain);
    for (float value : plain) {
      assertThat(value).isFinite();
    }
  }

  private static float[] painted(Map<String, Object> settings) {
    SchedulerConfig config = new SchedulerConfig("PNDMScheduler", settings);
    float[] latents = new float[32];
    float[] noise = new float[32];
    TorchGenerator generator = new TorchGenerator(1);
    generator.randn(latents);
    generator.randn(noise);
    Scheduler scheduler = Sampler.PNDM.start(config, new Span(4, 0, latents.length));
    scheduler.addNoise(latents, noise);
    for (int i = 0; i < scheduler.timesteps().length; i++) {
      scheduler.step(i, noise.clone(), latents, generator::randn);
    }
    return latents;
  }
}
