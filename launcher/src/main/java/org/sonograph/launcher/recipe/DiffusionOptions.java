package org.sonograph.launcher.recipe;

import picocli.CommandLine.Option;

/** The options that say how a picture is repainted; null where none was given. */
public final class DiffusionOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR|NAME",
      description = {
        "Folder of a Stable Diffusion model in ONNX layout, a bundled model's name,",
        "passthrough[:MS], which repaints nothing (after MS milliseconds), or simulated:MS,",
        "a device that takes MS milliseconds for a batch of any size and paints nothing."
      })
  String model;

  @Option(names = "--prompt", paramLabel = "TEXT", description = "What to paint.")
  String prompt;

  @Option(names = "--negative", paramLabel = "TEXT", description = "What not to paint.")
  String negativePrompt;

  @Option(
      names = "--strength",
      paramLabel = "X",
      description = "How far the picture is repainted, over 0 to 1.")
  Double strength;

  @Option(
      names = "--guidance",
      paramLabel = "X",
      description = "How much the prompt insists; 1 or less switches it off.")
  Double guidance;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the full schedule; strength times this many are run.")
  Integer steps;

  @Option(
      names = "--scheduler",
      paramLabel = "NAME",
      description = "Sampler: pndm, ddim, euler (default: the model's own; notebook: pndm).")
  String scheduler;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all noise, 0 or more (default: drawn and printed).")
  Long seed;

  public String model() {
    return model;
  }

  public String prompt() {
    return prompt;
  }

  public String negativePrompt() {
    return negativePrompt;
  }

  public Double strength() {
    return strength;
  }

  public Double guidance() {
    return guidance;
  }

  public Integer steps() {
    return steps;
  }

  public String scheduler() {
    return scheduler;
  }

  public Long seed() {
    return seed;
  }
}
