package org.sonograph.ingest.recipe;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.OutputSettings;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.signal.reading.Reading;
import org.sonograph.signal.spectrogram.Colour;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** Options of a take, checked; turns them into an order once the seed is known. */
public final class Recipe {
  private static final String MODEL_HASH = "model-hash";
  private static final Set<String> FORMATS =
      Set.of("wav", "wav-f32", "flac", "mp3", "ogg", "opus", "lean", ChunkHeaders.NOT_COLLECTED);
  private static final Set<String> NOISES = Set.of("strip", "fresh", "same");
  private static final Set<String> SPECTROGRAM =
      Set.of("axis", "low", "high", "tilt", "range-db", "window", "hop", "overlap", "colour");
  private static final Set<String> KNOWN =
      Set.of(
          "profile",
          "axis",
          "low",
          "high",
          "tilt",
          "range-db",
          "window",
          "hop",
          "overlap",
          "colour",
          "model",
          MODEL_HASH,
          "prompt",
          "negative",
          "strength",
          "guidance",
          "steps",
          "scheduler",
          "seed",
          "reading",
          "dynamics",
          "noise",
          "format",
          "occurrence");

  private static final String PROFILE = "profile";
  private static final String MODEL = "model";

  private final Options options;
  private final RecipeDefaults own;
  private final SpectrogramProfile spectrogram;

  private Recipe(Options options) {
    options.requireOnly(KNOWN);
    this.options = options;
    this.own = RecipeDefaults.of(options.text(PROFILE, "tape"));
    this.spectrogram = spectrogram(options, own.spectrogram());
    order(0);
  }

  /**
   * Reads options.
   *
   * @param given by name; a name can have several values where that makes sense (reading)
   * @throws IllegalArgumentException in one line, when a name is unknown or a value out of range
   */
  public static Recipe of(Map<String, List<String>> given) {
    return new Recipe(new Options(Map.copyOf(given)));
  }

  /**
   * These options, and for what they do not say, those of {@code base}; of a base for another
   * profile the model alone, since a profile's numbers belong together.
   */
  public static Recipe of(Map<String, List<String>> given, Map<String, List<String>> base) {
    Map<String, List<String>> both = new HashMap<>(base);
    List<String> usual = base.getOrDefault(PROFILE, List.of(SpectrogramProfile.TAPE.name()));
    if (!given.getOrDefault(PROFILE, usual).equals(usual)) {
      both.keySet().retainAll(Set.of(MODEL));
    }
    both.putAll(given);
    return of(both);
  }

  /** Names of all options. */
  public static Set<String> names() {
    return KNOWN;
  }

  /** The seed that was named, if any. */
  public OptionalLong seed() {
    return options.text("seed", "").isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(options.whole("seed", 0, 0, Long.MAX_VALUE));
  }

  /** The options that shape the sound, with the values they have; what a form begins with. */
  public Map<String, Object> shown() {
    Interpretation all = order(0).interpretation();
    DiffusionSettings diffusion = all.getDiffusion();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("profile", all.getProfile());
    shown.put("model", diffusion.getModel());
    shown.put("prompt", diffusion.getPrompt());
    shown.put("negative", diffusion.getNegativePrompt());
    shown.put("strength", diffusion.getStrength());
    shown.put("guidance", diffusion.getGuidance());
    shown.put("steps", diffusion.getSteps());
    shown.put("reading", all.getReadings().stream().map(ReadingSettings::getName).toList());
    shown.put("dynamics", all.getOutput().getDynamics());
    return shown;
  }

  /** The order with this seed, every setting spelled out. */
  public TakeOrder order(long seed) {
    Interpretation interpretation =
        Interpretation.newBuilder()
            .setProfile(spectrogram.name())
            .setSpectrogram(ProfileWire.toAvro(spectrogram))
            .setDiffusion(diffusion(seed))
            .setReadings(readings())
            .setOutput(
                OutputSettings.newBuilder()
                    .setDynamics(options.number("dynamics", own.dynamics(), 0, 1))
                    .setTargetLufs(own.targetLufs())
                    .build())
            .build();
    return new TakeOrder(
        interpretation,
        options.oneOf("format", "wav", FORMATS),
        options.whole("occurrence", 0, 0, 1_000_000));
  }

  private DiffusionSettings diffusion(long seed) {
    String model = options.text(MODEL, "");
    if (model.isBlank()) {
      throw new IllegalArgumentException(
          "model is missing: name one, or passthrough, in the recipe or in"
              + " sonograph.ingest.recipe");
    }
    double strength = options.number("strength", own.strength(), 0, 1);
    int steps = (int) options.whole("steps", own.steps(), 1, 1000);
    if ((int) (strength * steps) < 1) {
      throw new IllegalArgumentException(
          "steps=%d with strength=%s leaves no step to run: use more of either"
              .formatted(steps, strength));
    }
    return DiffusionSettings.newBuilder()
        .setModel(model)
        .setPrompt(options.text("prompt", RecipeDefaults.PROMPT))
        .setNegativePrompt(options.text("negative", RecipeDefaults.NEGATIVE_PROMPT))
        .setStrength(strength)
        .setGuidance(options.number("guidance", own.guidance(), 0, 100))
        .setSteps(steps)
        .setScheduler(options.text("scheduler", own.scheduler()))
        .setSeed(seed)
        .setNoise(options.oneOf("noise", own.noise(), NOISES))
        .setModelHash(modelHash())
        .build();
  }

  private String modelHash() {
    String hash = options.text(MODEL_HASH, "").toLowerCase(Locale.ROOT);
    if (!hash.matches("([0-9a-f]{64})?")) {
      throw new IllegalArgumentException(
          "model-hash=%s, expected a SHA-256 in 64 hexadecimal digits".formatted(hash));
    }
    return hash;
  }

  private List<ReadingSettings> readings() {
    Set<String> known =
        ServiceLoader.load(Reading.class).stream()
            .map(provider -> provider.get().name())
            .collect(Collectors.toSet());
    List<ReadingSettings> readings =
        options.all("reading", own.readings()).stream().map(text -> reading(text, known)).toList();
    if (readings.stream().map(ReadingSettings::getName).distinct().count() < readings.size()) {
      throw new IllegalArgumentException("each reading may be named once");
    }
    return readings;
  }

  /** Reads {@code name} or {@code name:parameter=value,parameter=value}. */
  private static ReadingSettings reading(String text, Set<String> known) {
    String[] parts = text.split(":", 2);
    if (!known.contains(parts[0])) {
      throw new IllegalArgumentException(
          "reading=%s, expected one of %s"
              .formatted(parts[0], known.stream().sorted().collect(Collectors.joining(", "))));
    }
    Map<String, String> parameters = new TreeMap<>();
    if (parts.length == 2) {
      for (String pair : parts[1].split(",")) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(
              "reading=" + text + ", expected name:parameter=value,parameter=value");
        }
        parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return ReadingSettings.newBuilder().setName(parts[0]).setParameters(parameters).build();
  }

  private static SpectrogramProfile spectrogram(Options options, SpectrogramProfile own) {
    if (own.name().equals("notebook")) {
      for (String name : SPECTROGRAM) {
        if (!options.text(name, "").isEmpty()) {
          throw new IllegalArgumentException(
              "profile notebook is the origin, number for number, and takes no "
                  + name
                  + ": use profile tape");
        }
      }
      return own;
    }
    return new SpectrogramProfile(
        own.name(),
        own.sampleRateHz(),
        (int) options.whole("window", own.nFft(), 16, 65_536),
        (int) options.whole("hop", own.hopSamples(), 1, 65_536),
        own.window(),
        options.text("axis", own.axis()),
        options.number("low", own.lowHz()),
        options.number("high", own.highHz()),
        options.number("tilt", own.tiltDbPerOctave()),
        options.number("range-db", own.rangeDb()),
        own.width(),
        own.height(),
        (int) options.whole("overlap", own.overlapColumns(), 0, own.width()),
        Colour.of(options.text("colour", own.colour().text())));
  }
}
