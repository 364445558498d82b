package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.ModelInfo;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.PromptSchedule;
import org.sonograph.diffusion.Recipe;
import org.sonograph.diffusion.RequestOptions;
import org.sonograph.diffusion.worker.ArtText;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.recipe.DiffusionOptions;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngException;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.picture.PngLimits;

/** What {@code diffuse} is to paint: options over a recipe over defaults. */
final class DiffusePlan {
  private static final double STRENGTH = 0.8;
  private static final double GUIDANCE = 7.5;
  private static final int STEPS = 50;
  private static final List<String> NOISES = List.of("strip", "fresh", "same");

  private final PngImage png;
  private final Optional<Recipe> recipe;
  private final DiffusionOptions options;
  private final Optional<PngImage> mask;
  private final List<Long> seeds;
  private final String noise;
  private final long column;
  private final double atSeconds;

  /** Files on the command line; null where none was named. */
  record Files(Path in, Path like, Path mask) {}

  /** Noise on the command line; null where none was named. */
  record Noise(String kind, Long column) {}

  private DiffusePlan(
      DiffusionOptions options,
      PngImage png,
      Optional<Recipe> recipe,
      Files files,
      Noise noise,
      double atSeconds) {
    this.options = options;
    this.png = png;
    this.recipe = recipe;
    this.mask = Optional.ofNullable(files.mask()).map(CommandFiles::readPng);
    this.atSeconds = atSeconds;
    Optional<NoisePlan> before = recipe.map(r -> r.asked().noise());
    long own = before.map(NoisePlan::seed).orElseGet(() -> new SecureRandom().nextLong(1L << 32));
    this.seeds = options.seeds().isEmpty() ? List.of(own) : options.seeds();
    boolean wasStrip = before.filter(NoisePlan.Strip.class::isInstance).isPresent();
    this.noise = noise.kind() == null ? (wasStrip ? "strip" : "fresh") : noise.kind();
    long ownColumn = before.map(DiffusePlan::column).orElse(0L);
    this.column = noise.column() == null ? ownColumn : noise.column();
    if (!NOISES.contains(this.noise)) {
      throw new IllegalArgumentException(
          "--noise=" + this.noise + ", expected one of " + String.join(", ", NOISES));
    }
  }

  private static long column(NoisePlan plan) {
    return plan instanceof NoisePlan.Strip strip ? strip.firstColumn() : 0;
  }

  /** Reads what the command line names. */
  static DiffusePlan of(DiffusionOptions options, Files files, Noise noise, double atSeconds) {
    if (files.like() == null) {
      if (options.model() == null) {
        throw new IllegalArgumentException(
            "--model is missing: name a bundled model (sketch), a model's folder, or passthrough");
      }
      if (files.in() == null) {
        throw new IllegalArgumentException("expected IN.png and OUT.png, found one file");
      }
      PngImage png = CommandFiles.readPng(files.in());
      return new DiffusePlan(options, png, Optional.empty(), files, noise, atSeconds);
    }
    Recipe recipe = recipe(files.like());
    PngImage png =
        files.in() == null
            ? input(files.like(), recipe)
            : checked(files.in(), recipe, files.like());
    DiffusePlan plan = new DiffusePlan(options, png, Optional.of(recipe), files, noise, atSeconds);
    plan.requireMask(files.like());
    return plan;
  }

  private static Recipe recipe(Path art) {
    String json = CommandFiles.readPng(art).text().getOrDefault(ArtText.GENERATION_KEY, "");
    return Recipe.read(json)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.BAD_INPUT, art + ": the picture holds no recipe of Sonograph's"));
  }

  private static PngImage checked(Path in, Recipe recipe, Path art) {
    PngImage png = CommandFiles.readPng(in);
    if (!recipe.inputHash().isEmpty() && !recipe.inputHash().equals(Recipe.hash(png.picture()))) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "%s: is not the picture that %s was painted over".formatted(in, art));
    }
    return png;
  }

  /** The picture that another one was painted over, where it lies in its folder or next to it. */
  private static PngImage input(Path art, Recipe recipe) {
    Path folder = art.toAbsolutePath().getParent();
    for (Path place : List.of(folder, folder.resolveSibling("spectrogram"))) {
      for (Path file : pictures(place)) {
        Optional<PngImage> png = readable(file);
        if (png.isPresent() && Recipe.hash(png.get().picture()).equals(recipe.inputHash())) {
          return png.get();
        }
      }
    }
    throw new CommandFailure(
        ExitCode.NO_INPUT,
        "%s: the picture it was painted over is not beside it: name it, diffuse IN.png OUT.png --like %s"
            .formatted(art, art));
  }

  private static List<Path> pictures(Path folder) {
    if (!java.nio.file.Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = java.nio.file.Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<PngImage> readable(Path file) {
    try {
      return Optional.of(
          PngCodec.decode(java.nio.file.Files.readAllBytes(file), PngLimits.DEFAULT));
    } catch (IOException | PngException e) {
      return Optional.empty();
    }
  }

  private void requireMask(Path art) {
    String wanted = recipe.map(Recipe::maskHash).orElse("");
    String found = mask.map(png -> Recipe.hash(png.picture())).orElse("");
    if (!wanted.isEmpty() && !wanted.equals(found)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, art + ": was painted through a mask; name the same one with --mask");
    }
  }

  /** The picture to start from. */
  PngImage png() {
    return png;
  }

  /** What the model was called, by the option or the recipe. */
  String model() {
    return options.model() == null ? recipe.orElseThrow().modelId() : options.model();
  }

  /** Refuses a model that is not the recipe's, unless it was named anew: then a line says so. */
  Optional<String> requireModel(ModelInfo model) {
    String wanted = recipe.map(Recipe::modelHash).orElse(model.sha256());
    if (wanted.equals(model.sha256())) {
      return Optional.empty();
    }
    String found =
        "the model %s is not the one of the recipe (SHA-256 %s, expected %s)"
            .formatted(model.id(), model.sha256(), wanted);
    if (options.model() == null) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, found + ": --model " + model.id() + " takes it all the same");
    }
    return Optional.of("note: " + found);
  }

  /** The request for one of the pictures to paint. */
  DiffusionRequest request(int index) {
    Optional<DiffusionRequest> before = recipe.map(Recipe::asked);
    RequestOptions asked =
        options.requestOptions(
            before.map(DiffusionRequest::options).orElse(RequestOptions.NONE), atSeconds);
    return new DiffusionRequest(
        png.picture(),
        or(prompt(), before.map(DiffusionRequest::prompt).orElse("")),
        or(options.negativePrompt(), before.map(DiffusionRequest::negativePrompt).orElse("")),
        or(options.strength(), before.map(DiffusionRequest::strength).orElse(STRENGTH)),
        or(options.guidance(), before.map(DiffusionRequest::guidance).orElse(GUIDANCE)),
        or(options.steps(), before.map(DiffusionRequest::steps).orElse(STEPS)),
        or(options.scheduler(), before.map(DiffusionRequest::scheduler).orElse("")),
        noise(index),
        mask.map(white -> asked.withMask(white.picture())).orElse(asked));
  }

  private String prompt() {
    return options.promptSchedule() == null
        ? options.prompt()
        : PromptSchedule.parse(options.promptSchedule()).at(atSeconds).prompt();
  }

  private NoisePlan noise(int index) {
    boolean isList = seeds.size() > 1;
    long seed = isList ? seeds.get(index % seeds.size()) : seeds.getFirst();
    return switch (noise) {
      case "strip" -> new NoisePlan.Strip(isList ? seed : seed + index, column);
      case "same" -> new NoisePlan.Torch(seed);
      default -> new NoisePlan.Torch(isList ? seed : seed + index);
    };
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
