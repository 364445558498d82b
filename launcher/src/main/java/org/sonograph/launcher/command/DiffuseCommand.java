package org.sonograph.launcher.command;

import java.nio.file.Path;
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
import org.sonograph.diffusion.ExecutionOptions;
import org.sonograph.diffusion.ModelInfo;
import org.sonograph.diffusion.StandIns;
import org.sonograph.diffusion.worker.ArtText;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.recipe.DiffusionOptions;
import org.sonograph.launcher.recipe.ModelPlaces;
import org.sonograph.launcher.recipe.PresetOption;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Repaints one picture. */
@Command(
    name = "diffuse",
    mixinStandardHelpOptions = true,
    description = {
      "Repaints one picture, without a broker.",
      "Nothing artistic is hidden: a prompt not given is empty; 50 steps, strength 0.8, guidance"
          + " 7.5 unless given.",
      "Every picture carries its recipe: --like makes it again, and options given beside it change"
          + " it."
    })
public final class DiffuseCommand implements Callable<Integer> {
  private final StandIns standIns = new StandIns();
  private final Terminal terminal;

  @Parameters(
      arity = "0..2",
      paramLabel = "[IN.png] OUT.png",
      description = {
        "The picture to start from, and the one to write. With --like, IN may be left out where"
            + " the",
        "picture that ART was painted over lies beside it, and OUT too: then it is ART-again.png."
      })
  List<Path> files = List.of();

  @Mixin PresetOption preset = new PresetOption();

  @Mixin DiffusionOptions options = new DiffusionOptions();

  @Mixin ProviderOption device = new ProviderOption();

  @Option(
      names = "--like",
      paramLabel = "ART.png",
      description = "Take model, prompts, seed and all settings from the recipe in this picture.")
  Path like;

  @Option(
      names = "--mask",
      paramLabel = "PNG",
      description = "Repaint only what is white in this picture, which is as large as IN.")
  Path mask;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Paint N variations into OUT-1.png, OUT-2.png ...: each with the next seed of --seed,",
        "or with seeds that count up (default: 1)."
      })
  int images = 1;

  @Option(
      names = "--noise",
      paramLabel = "KIND",
      description = {
        "Where noise comes from: fresh (a seed for each picture), same (one seed for all) or strip",
        "(a window onto a track's endless strip, at --column) (default: fresh)."
      })
  String noise;

  @Option(
      names = "--column",
      paramLabel = "N",
      description = "First column on the strip, in pixels, a multiple of 8 (default: 0).")
  Long column;

  @Option(
      names = "--at",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Moment of --prompt-schedule to paint (default: 0).")
  double atSeconds;

  public DiffuseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      return run().number();
    } catch (DiffusionException e) {
      terminal.status(List.of());
      throw new CommandFailure(codeFor(e.reason()), e.getMessage(), e);
    }
  }

  private ExitCode run() throws InterruptedException {
    if (files.isEmpty() && like == null) {
      throw new IllegalArgumentException("expected IN.png and OUT.png, found no file");
    }
    Path out = files.isEmpty() ? suffixed(like, "-again") : files.getLast();
    if (images < 1) {
      throw new IllegalArgumentException("--images=" + images + ", expected 1 or more");
    }
    DiffusePlan plan =
        DiffusePlan.of(
            options,
            new DiffusePlan.Files(files.size() > 1 ? files.getFirst() : null, like, mask),
            new DiffusePlan.Noise(noise, column),
            atSeconds);
    for (int i = 0; i < images; i++) {
      CommandFiles.requireWritable(numbered(out, i));
    }
    DiffuserOptions opening =
        DiffuserOptions.defaults()
            .withModelsFolder(BundledModels.folder())
            .withExecution(ExecutionOptions.on(device.checked(terminal)));
    try (Diffuser diffuser = Diffusers.open(ModelPlaces.resolved(plan.model()), opening)) {
      diffuser.model().remarks().forEach(line -> terminal.say("note: " + line));
      plan.requireModel(diffuser.model()).ifPresent(terminal::say);
      for (int i = 0; i < images; i++) {
        paint(diffuser, plan, i, numbered(out, i));
      }
    }
    return ExitCode.OK;
  }

  private void paint(Diffuser diffuser, DiffusePlan plan, int index, Path out)
      throws InterruptedException {
    DiffusionRequest request = plan.request(index);
    String which = images == 1 ? "" : "picture %d of %d, ".formatted(index + 1, images);
    DiffusedPicture painted =
        diffuser.diffuse(
            request,
            (done, total) ->
                terminal.status(List.of("%sstep %d of %d".formatted(which, done, total))));
    DiffusedPicture art = standIns.of("", request.options().safety(), painted);
    terminal.status(List.of());
    CommandFiles.write(
        out, PngCodec.encode(art.picture(), texts(plan.png(), request, diffuser.model(), art)));
    terminal.say(
        "%s: %dx%d, seed %d, %.1f s%s"
            .formatted(
                out,
                art.picture().width(),
                art.picture().height(),
                request.noise().seed(),
                art.seconds(),
                art.resized()
                    ? " (made smaller, from %dx%d: the model takes no such size)"
                        .formatted(art.inputWidth(), art.inputHeight())
                    : ""));
    if (art.promptCut()) {
      terminal.say(
          "note: the prompt is longer than the model reads; its end was cut off (--prompt-syntax"
              + " long reads it all)");
    }
    if (art.isFlagged()) {
      terminal.say("note: the model's safety checker flagged it; another picture stands there");
    }
  }

  /** The file of one variation. */
  private Path numbered(Path out, int index) {
    if (images == 1) {
      return out;
    }
    return suffixed(out, "-" + (index + 1));
  }

  private static Path suffixed(Path file, String suffix) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return file.resolveSibling(name.substring(0, end) + suffix + name.substring(end));
  }

  private static ExitCode codeFor(DiffusionException.Reason reason) {
    return switch (reason) {
      case REQUEST -> ExitCode.USAGE;
      case MODEL -> ExitCode.NO_INPUT;
      case DEVICE, MEMORY -> ExitCode.FAILED;
    };
  }

  /** The input's own texts stay, so that the art can still be read as the sound it came from. */
  private SequencedMap<String, String> texts(
      PngImage png, DiffusionRequest request, ModelInfo model, DiffusedPicture art) {
    SequencedMap<String, String> texts = new LinkedHashMap<>(png.text());
    texts.putAll(ArtText.of(model, request, art, ArtText.Credit.NONE, png.text()));
    return ArtText.named(texts, preset.name());
  }
}
