package org.sonograph.launcher.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sonograph.diffusion.PromptSchedule;
import org.sonograph.diffusion.PromptSyntax;
import org.sonograph.diffusion.SamplerTuning;
import org.sonograph.ingest.recipe.RecipeDefaults;
import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.OutputSettings;
import org.sonograph.schemas.ReadingSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Every option that shapes a take, shared by {@code run} and {@code ingest}. */
public final class RecipeOptions {
  private static final List<String> NOISES = List.of("strip", "fresh", "same");

  private Optional<String> usualModel = Optional.empty();

  @Mixin PresetOption preset = new PresetOption();

  @ArgGroup(validate = false, heading = "%nSound to picture:%n", order = 20)
  SpectrogramOptions spectrogram = new SpectrogramOptions();

  @ArgGroup(validate = false, heading = "%nPicture to art:%n", order = 30)
  DiffusionOptions diffusion = new DiffusionOptions();

  @ArgGroup(validate = false, heading = "%nArt to sound:%n", order = 40)
  Heard heard = new Heard();

  /** Options about the sound that comes out. */
  static final class Heard {
    @Option(
        names = "--reading",
        paramLabel = "NAME[:P=V,...]",
        description = {
          "A way to hear the picture, and its parameters; may be given several times",
          "(default: rgb-mean and chirp; notebook: red, rgb-mean and chirp).",
          "See ./sonograph readings."
        })
    List<String> readings = new ArrayList<>();

    @Option(
        names = "--dynamics",
        paramLabel = "X",
        description =
            "How much of the source's loudness form the sound follows, 0 to 1 (default: 0.5).")
    Double dynamics;

    @Option(
        names = "--noise",
        paramLabel = "KIND",
        description = {
          "Where noise comes from: strip (one endless strip a track), fresh (another for each",
          "picture) or same (the same for each; notebook's default)."
        })
    String noise;

    @Option(
        names = "--format",
        paramLabel = "NAME",
        defaultValue = "wav",
        description = "Sound files to write: ${COMPLETION-CANDIDATES} (default: wav, 16 bit).")
    SoundFormat format = SoundFormat.WAV;

    @Option(
        names = "--lean",
        description = "For archives: FLAC, one JPEG a picture, no spectrograms (--format lean).")
    boolean lean;
  }

  public Profile profile() {
    return spectrogram.profile;
  }

  public SoundFormat format() {
    if (heard.lean && heard.format != SoundFormat.WAV && heard.format != SoundFormat.LEAN) {
      throw new IllegalArgumentException(
          "--format=" + heard.format + " with --lean, which is a format of its own: leave one out");
    }
    return heard.lean ? SoundFormat.LEAN : heard.format;
  }

  /** Seed the user named, if any. */
  public OptionalLong seed() {
    return diffusion.seeds().stream().mapToLong(Long::longValue).findFirst();
  }

  /** Whether several seeds were named, which pictures take in turn. */
  public boolean isSeedList() {
    return diffusion.seeds().size() > 1;
  }

  /** Name of the preset the options came from; empty where they came from none. */
  public String preset() {
    return preset.name();
  }

  /** Has another model than the bundled one paint where the user names none; empty = that one. */
  public void paintedBy(String model) {
    usualModel = Optional.of(model).filter(name -> !name.isEmpty());
  }

  /** Model the user named, or the usual one. */
  public String model() {
    return diffusion.model == null
        ? usualModel.orElseGet(BundledModels::first)
        : ModelPlaces.resolved(diffusion.model);
  }

  /**
   * What to do with a source, every setting spelled out.
   *
   * @throws IllegalArgumentException if a value is out of its range or unknown
   */
  public Interpretation interpretation(long seed) {
    RecipeDefaults own = RecipeDefaults.of(profile().toString());
    double dynamics =
        within("--dynamics", SpectrogramOptions.or(heard.dynamics, own.dynamics()), 0, 1);
    return Interpretation.newBuilder()
        .setProfile(profile().toString())
        .setPreset(preset.name())
        .setSpectrogram(ProfileWire.toAvro(spectrogram.settings()))
        .setDiffusion(diffusionSettings(own, seed))
        .setReadings(readings(own))
        .setOutput(
            OutputSettings.newBuilder()
                .setSampleRateHz(0)
                .setDynamics(dynamics)
                .setTargetLufs(own.targetLufs())
                .build())
        .build();
  }

  private DiffusionSettings diffusionSettings(RecipeDefaults own, long seed) {
    String noise = SpectrogramOptions.or(heard.noise, own.noise());
    if (!NOISES.contains(noise)) {
      throw new IllegalArgumentException(
          "--noise=" + noise + ", expected one of " + String.join(", ", NOISES));
    }
    if (seed < 0) {
      throw new IllegalArgumentException("--seed=" + seed + ", expected 0 or more");
    }
    ModelDefaults usual = ModelDefaults.of(model(), own);
    double strength = SpectrogramOptions.or(diffusion.strength, usual.strength());
    int steps = SpectrogramOptions.or(diffusion.steps, usual.steps());
    if (!(strength > 0 && strength <= 1)) {
      throw new IllegalArgumentException(
          "--strength=" + strength + ", expected more than 0, at most 1");
    }
    within("--steps", steps, 1, 1000);
    if ((int) (strength * steps) < 1) {
      throw new IllegalArgumentException(
          "--steps=%d with --strength=%s leaves no step to run: use at least %d steps or more strength"
              .formatted(steps, strength, (int) Math.ceil(1 / strength)));
    }
    SamplerTuning tuning = diffusion.tuning(SamplerTuning.NONE);
    if (diffusion.promptSchedule != null) {
      PromptSchedule.parse(diffusion.promptSchedule);
    }
    return DiffusionSettings.newBuilder()
        .setModel(model())
        .setPrompt(SpectrogramOptions.or(diffusion.prompt, RecipeDefaults.PROMPT))
        .setNegativePrompt(
            SpectrogramOptions.or(diffusion.negativePrompt, RecipeDefaults.NEGATIVE_PROMPT))
        .setStrength(strength)
        .setGuidance(
            within(
                "--guidance", SpectrogramOptions.or(diffusion.guidance, usual.guidance()), 0, 100))
        .setSteps(steps)
        .setScheduler(SpectrogramOptions.or(diffusion.scheduler, own.scheduler()))
        .setSeed(seed)
        .setNoise(noise)
        .setPromptSyntax(plainIsEmpty(diffusion.syntax(PromptSyntax.PLAIN)))
        .setPromptSchedule(SpectrogramOptions.or(diffusion.promptSchedule, ""))
        .setEta(tuning.eta())
        .setGuidanceRescale(tuning.guidanceRescale())
        .setSpacing(tuning.spacing())
        .setSeeds(diffusion.seeds().size() > 1 ? diffusion.seeds() : List.of())
        .setLoop(diffusion.loop)
        .setSafety(diffusion.safety)
        .setModelHash(ModelHashes.of(model()))
        .build();
  }

  private static String plainIsEmpty(PromptSyntax syntax) {
    return syntax == PromptSyntax.PLAIN ? "" : syntax.text();
  }

  private List<ReadingSettings> readings(RecipeDefaults own) {
    List<String> asked = heard.readings.isEmpty() ? own.readings() : heard.readings;
    List<ReadingSettings> settings = asked.stream().map(ReadingRequests::parse).toList();
    List<String> names = settings.stream().map(ReadingSettings::getName).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(
          "--reading " + String.join(", ", names) + ": each reading may be named once a run");
    }
    return settings;
  }

  private static double within(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "%s=%s, expected %s to %s".formatted(name, value, low, high));
    }
    return value;
  }
}
