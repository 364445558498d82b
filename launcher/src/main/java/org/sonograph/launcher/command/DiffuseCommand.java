package org.sonograph.launcher.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.ModelInfo;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.worker.ArtText;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.recipe.DiffusionOptions;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Repaints one picture. */
@Command(
    name = "diffuse",
    mixinStandardHelpOptions = true,
    description = {
      "Repaints one picture, without a broker.",
      "Nothing artistic is hidden: a prompt not given is empty; 50 steps, strength 0.8, guidance"
          + " 7.5 unless given."
    })
public final class DiffuseCommand implements Callable<Integer> {
  private static final double STRENGTH = 0.8;
  private static final double GUIDANCE = 7.5;
  private static final int STEPS = 50;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "IN.png", description = "The picture to start from.")
  Path in;

  @Parameters(index = "1", paramLabel = "OUT.png", description = "The picture to write.")
  Path out;

  @Mixin DiffusionOptions options = new DiffusionOptions();

  public DiffuseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (options.model() == null) {
      throw new IllegalArgumentException(
          "--model is missing: name a model's folder, a bundled model, or passthrough");
    }
    PngImage png = CommandFiles.readPng(in);
    CommandFiles.requireWritable(out);
    long seed = options.seed() == null ? new SecureRandom().nextLong(1L << 32) : options.seed();
    if (seed < 0) {
      throw new IllegalArgumentException("--seed=" + seed + ", expected 0 or more");
    }
    try (Diffuser diffuser =
        Diffusers.open(
            options.model(), DiffuserOptions.defaults().withModelsFolder(BundledModels.folder()))) {
      DiffusionRequest request = request(png, seed);
      DiffusedPicture art = diffuser.diffuse(request, this::progress);
      terminal.status(List.of());
      CommandFiles.write(
          out, PngCodec.encode(art.picture(), texts(png, request, diffuser.model(), art)));
      terminal.say(
          "%s: %dx%d, seed %d, %.1f s%s"
              .formatted(
                  out,
                  art.picture().width(),
                  art.picture().height(),
                  seed,
                  art.seconds(),
                  art.resized()
                      ? " (made smaller, from %dx%d: the model takes no such size)"
                          .formatted(art.inputWidth(), art.inputHeight())
                      : ""));
      if (art.promptCut()) {
        terminal.say("note: the prompt is longer than the model reads; its end was cut off");
      }
    } catch (DiffusionException e) {
      throw new CommandFailure(codeFor(e.reason()), e.getMessage(), e);
    }
    return ExitCode.OK.number();
  }

  private static ExitCode codeFor(DiffusionException.Reason reason) {
    return switch (reason) {
      case REQUEST -> ExitCode.USAGE;
      case MODEL -> ExitCode.NO_INPUT;
      case DEVICE, MEMORY -> ExitCode.FAILED;
    };
  }

  private DiffusionRequest request(PngImage png, long seed) {
    return new DiffusionRequest(
        png.picture(),
        or(options.prompt(), ""),
        or(options.negativePrompt(), ""),
        or(options.strength(), STRENGTH),
        or(options.guidance(), GUIDANCE),
        or(options.steps(), STEPS),
        or(options.scheduler(), ""),
        new NoisePlan.Torch(seed));
  }

  private void progress(int done, int total) {
    terminal.status(List.of("step " + done + " of " + total));
  }

  /** The input's own texts stay, so that the art can still be read as the sound it came from. */
  private static SequencedMap<String, String> texts(
      PngImage png, DiffusionRequest request, ModelInfo model, DiffusedPicture art) {
    SequencedMap<String, String> texts = new LinkedHashMap<>(png.text());
    texts.putAll(ArtText.of(model, request, art, ArtText.Credit.NONE, png.text()));
    return texts;
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
