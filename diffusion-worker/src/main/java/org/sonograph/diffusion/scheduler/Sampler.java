package org.sonograph.diffusion.scheduler;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.SamplerTuning;

/** Every sampler that can be asked for, by its name on the command line. */
public enum Sampler {
  PNDM("pndm", "PNDMScheduler", Map.of(), PndmScheduler::new),
  DDIM("ddim", "DDIMScheduler", Map.of(), DdimScheduler::new),
  EULER("euler", "EulerDiscreteScheduler", Map.of(), EulerScheduler::new),
  EULER_TRAILING(
      "euler-trailing",
      "EulerDiscreteScheduler",
      Map.of("timestep_spacing", "trailing"),
      EulerScheduler::new),
  EULER_A("euler-a", "EulerAncestralDiscreteScheduler", Map.of(), EulerAncestralScheduler::new),
  DPMPP_2M("dpmpp-2m", "DPMSolverMultistepScheduler", Map.of(), DpmSolverScheduler::new),
  DPMPP_2M_KARRAS(
      "dpmpp-2m-karras",
      "DPMSolverMultistepScheduler",
      Map.of("use_karras_sigmas", true),
      DpmSolverScheduler::new),
  DPMPP_2M_SDE(
      "dpmpp-2m-sde",
      "DPMSolverMultistepScheduler",
      Map.of("algorithm_type", "sde-dpmsolver++"),
      DpmSolverScheduler::new),
  LCM("lcm", "LCMScheduler", Map.of(), LcmScheduler::new),
  UNIPC("unipc", "UniPCMultistepScheduler", Map.of(), UniPcScheduler::new);

  /** Key of our own: how much of DDIM's noise is renewed at each step, 0 to 1. */
  static final String ETA = "eta";

  private static final List<String> SPACINGS = List.of("leading", "linspace", "trailing");

  private static final String CLIP = "clip_sample";

  private final String text;
  private final String className;
  private final Map<String, Object> overlay;
  private final BiFunction<SchedulerConfig, Span, Scheduler> start;

  Sampler(
      String text,
      String className,
      Map<String, Object> overlay,
      BiFunction<SchedulerConfig, Span, Scheduler> start) {
    this.text = text;
    this.className = className;
    this.overlay = overlay;
    this.start = start;
  }

  /** The name on the command line. */
  public String text() {
    return text;
  }

  /** All names on the command line. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Sampler::text).toList();
  }

  /** The sampler of a name on the command line. */
  public static Sampler named(String name) {
    return Arrays.stream(values())
        .filter(sampler -> sampler.text.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DiffusionException(
                    DiffusionException.Reason.REQUEST,
                    "scheduler=%s, expected one of %s"
                        .formatted(name, String.join(", ", names()))));
  }

  /** The sampler that a folder's own file names, where it is one of these. */
  public static Optional<Sampler> ofClass(String className) {
    return Arrays.stream(values()).filter(s -> s.className.equals(className)).findFirst();
  }

  /**
   * Starts a picture.
   *
   * @param folder the model's own settings, over which this sampler lays its own
   */
  public Scheduler start(SchedulerConfig folder, Span span) {
    return start.apply(settings(folder), span);
  }

  /**
   * Starts a picture with some changes.
   *
   * @throws DiffusionException where this sampler has no such setting
   */
  public Scheduler start(SchedulerConfig folder, SamplerTuning tuning, Span span) {
    Map<String, Object> changes = new HashMap<>();
    if (tuning.eta() > 0) {
      refuseUnless(this == DDIM, "eta=" + tuning.eta(), "0 with the sampler %s (ddim has it)");
      changes.put(ETA, tuning.eta());
    }
    if (!tuning.spacing().isEmpty()) {
      String asked = "spacing=" + tuning.spacing();
      refuseUnless(this != LCM, asked, "none with the sampler %s, which has times of its own");
      refuseUnless(
          SPACINGS.contains(tuning.spacing()), asked, String.join(", ", SPACINGS) + " (%s)");
      changes.put("timestep_spacing", tuning.spacing());
    }
    return start.apply(settings(folder).with(changes), span);
  }

  private void refuseUnless(boolean condition, String found, String expected) {
    if (!condition) {
      throw new DiffusionException(
          DiffusionException.Reason.REQUEST, found + ", expected " + expected.formatted(text));
    }
  }

  /** The resulting settings: diffusers' {@code from_config} with this sampler's additions. */
  SchedulerConfig settings(SchedulerConfig folder) {
    SchedulerConfig laid = folder.with(overlay);
    // latents are not bounded: clipping them is for models of pixels, which say so in their file
    return this == DDIM && !laid.sets(CLIP) ? laid.with(Map.of(CLIP, false)) : laid;
  }
}
