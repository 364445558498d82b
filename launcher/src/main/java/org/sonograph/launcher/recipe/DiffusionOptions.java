package org.sonograph.launcher.recipe;

import java.util.Arrays;
import java.util.List;
import org.sonograph.diffusion.PromptReading;
import org.sonograph.diffusion.PromptSchedule;
import org.sonograph.diffusion.PromptSyntax;
import org.sonograph.diffusion.RequestOptions;
import org.sonograph.diffusion.SamplerTuning;
import picocli.CommandLine.Option;

/** The options that say how a picture is repainted; null where none was given. */
public final class DiffusionOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR|NAME|REPO",
      description = {
        "Folder of a Stable Diffusion model in ONNX layout, a name that ./sonograph model list"
            + " shows,",
        "OWNER/NAME of one in the hub's cache, passthrough[:MS], which repaints nothing (after MS",
        "milliseconds), or simulated:MS, a device that takes MS milliseconds for a batch of any"
            + " size",
        "and paints nothing."
      })
  String model;

  @Option(names = "--prompt", paramLabel = "TEXT", description = "What to paint.")
  String prompt;

  @Option(names = "--negative", paramLabel = "TEXT", description = "What not to paint.")
  String negativePrompt;

  @Option(
      names = "--prompt-syntax",
      paramLabel = "NAME",
      description = {
        "How prompts are read: plain (literally, cut at the text encoder's length), weights",
        "((word:1.3) weighs a word, [word] less), long (any length, in pieces of the encoder's",
        "length), or weights,long (default: plain)."
      })
  String promptSyntax;

  @Option(
      names = "--prompt-schedule",
      paramLabel = "TEXT",
      description = {
        "Prompts along a track, blended from one to the next: \"0s: calm sea; 30s: storm\".",
        "Takes the place of --prompt."
      })
  String promptSchedule;

  @Option(
      names = "--strength",
      paramLabel = "X",
      description = "How far the picture is repainted, over 0 to 1.")
  Double strength;

  @Option(
      names = "--guidance",
      paramLabel = "X",
      description = "How much the prompt insists; 1 or less switches it off and halves the work.")
  Double guidance;

  @Option(
      names = "--guidance-rescale",
      paramLabel = "X",
      description = "How much of guidance's added contrast is taken back, 0 to 1 (default: 0).")
  Double guidanceRescale;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the full schedule; strength times this many are run.")
  Integer steps;

  @Option(
      names = "--scheduler",
      paramLabel = "NAME",
      description = {
        "Sampler: pndm, ddim, euler, euler-trailing, euler-a, dpmpp-2m, dpmpp-2m-karras,",
        "dpmpp-2m-sde, lcm or unipc (default: the model's own; notebook: pndm)."
      })
  String scheduler;

  @Option(
      names = "--spacing",
      paramLabel = "NAME",
      description = {
        "Which of the trained times a schedule visits: leading, linspace or trailing",
        "(default: as the model says)."
      })
  String spacing;

  @Option(
      names = "--eta",
      paramLabel = "X",
      description = "Share of noise that ddim renews at each step, 0 to 1 (default: 0).")
  Double eta;

  @Option(
      names = "--seed",
      paramLabel = "N[,N...]",
      split = ",",
      description = {
        "Seed of all noise, 0 or more (default: drawn and printed). Of several, each picture takes",
        "the next, round and round."
      })
  List<Long> seeds = List.of();

  @Option(
      names = "--loop",
      description = {
        "Left and right edge of each picture meet seamlessly; a WAV file of one picture then goes",
        "round without a click, and says so to samplers (loop points)."
      })
  boolean loop;

  @Option(
      names = "--safety",
      description = {
        "Ask the model's safety_checker/; the previous picture stands in for a flagged one."
      })
  boolean safety;

  public String model() {
    return model;
  }

  public String prompt() {
    return prompt;
  }

  public String negativePrompt() {
    return negativePrompt;
  }

  public String promptSchedule() {
    return promptSchedule;
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

  /** Seeds in the order they are taken; none where one is to be drawn. */
  public List<Long> seeds() {
    for (long seed : seeds) {
      if (seed < 0) {
        throw new IllegalArgumentException("--seed=" + seed + ", expected 0 or more");
      }
    }
    return seeds;
  }

  /** How prompts are read, of those given here or before. */
  public PromptSyntax syntax(PromptSyntax otherwise) {
    return promptSyntax == null ? otherwise : PromptSyntax.parse(promptSyntax);
  }

  /** The sampler's tuning, of those given here or before. */
  public SamplerTuning tuning(SamplerTuning otherwise) {
    return new SamplerTuning(
        eta == null ? otherwise.eta() : eta,
        guidanceRescale == null ? otherwise.guidanceRescale() : guidanceRescale,
        spacing == null ? otherwise.spacing() : checkedSpacing());
  }

  private String checkedSpacing() {
    if (!Arrays.asList("leading", "linspace", "trailing").contains(spacing)) {
      throw new IllegalArgumentException(
          "--spacing=" + spacing + ", expected leading, linspace or trailing");
    }
    return spacing;
  }

  /** The request's options, of those given here or before; no mask. */
  public RequestOptions requestOptions(RequestOptions otherwise, double atSeconds) {
    PromptReading reading =
        new PromptReading(
            syntax(otherwise.reading().syntax()),
            otherwise.reading().next(),
            prompt == null ? otherwise.reading().share() : 0);
    if (promptSchedule != null) {
      PromptSchedule.Moment moment = PromptSchedule.parse(promptSchedule).at(atSeconds);
      reading = new PromptReading(reading.syntax(), moment.next(), moment.share());
    }
    return otherwise
        .with(reading)
        .with(tuning(otherwise.tuning()))
        .with(loop ? RequestOptions.Edges.JOINED : otherwise.edges())
        .with(safety ? RequestOptions.Safety.CHECKED : otherwise.safety());
  }
}
