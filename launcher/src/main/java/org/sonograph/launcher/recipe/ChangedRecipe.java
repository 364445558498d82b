package org.sonograph.launcher.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecordBase;
import org.sonograph.ingest.recipe.RecipeDefaults;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;

/** The recipe of a take that was made, some options of it said anew. */
public final class ChangedRecipe {
  private static final String MODEL = "model";
  private static final String PROFILE = "profile";
  private static final String PROMPT_SCHEDULE = "promptSchedule";

  /** Which part of an interpretation an option shapes, and which fields of it. */
  private record Fields(String part, List<String> names) {
    static Fields of(String part, String... names) {
      return new Fields(part, List.of(names));
    }
  }

  private static final Map<String, Fields> PICTURE =
      Map.of(
          "axis", Fields.of("spectrogram", "axis"),
          "low", Fields.of("spectrogram", "lowHz"),
          "high", Fields.of("spectrogram", "highHz"),
          "tilt", Fields.of("spectrogram", "tiltDbPerOctave"),
          "range-db", Fields.of("spectrogram", "rangeDb"),
          "window", Fields.of("spectrogram", "nFft"),
          "hop", Fields.of("spectrogram", "hopSamples"),
          "overlap", Fields.of("spectrogram", "overlapColumns"),
          "colour", Fields.of("spectrogram", "colour"));

  /** How a model is used, which is the model's own business where nobody said otherwise. */
  private static final Map<String, Fields> USE =
      Map.of(
          "strength", Fields.of("diffusion", "strength"),
          "guidance", Fields.of("diffusion", "guidance"),
          "steps", Fields.of("diffusion", "steps"));

  private static final Map<String, Fields> OTHER =
      Map.ofEntries(
          Map.entry(MODEL, Fields.of("diffusion", MODEL)),
          Map.entry("prompt", Fields.of("diffusion", "prompt", PROMPT_SCHEDULE)),
          Map.entry("negative", Fields.of("diffusion", "negativePrompt")),
          Map.entry("prompt-syntax", Fields.of("diffusion", "promptSyntax")),
          Map.entry("prompt-schedule", Fields.of("diffusion", PROMPT_SCHEDULE)),
          Map.entry("scheduler", Fields.of("diffusion", "scheduler")),
          Map.entry("spacing", Fields.of("diffusion", "spacing")),
          Map.entry("eta", Fields.of("diffusion", "eta")),
          Map.entry("guidance-rescale", Fields.of("diffusion", "guidanceRescale")),
          Map.entry("seed", Fields.of("diffusion", "seed", "seeds")),
          Map.entry("loop", Fields.of("diffusion", "loop")),
          Map.entry("safety", Fields.of("diffusion", "safety")),
          Map.entry("noise", Fields.of("diffusion", "noise")),
          Map.entry("dynamics", Fields.of("output", "dynamics")));

  private ChangedRecipe() {}

  /** Options that change a recipe, by name. */
  static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(OTHER.keySet());
    names.addAll(PICTURE.keySet());
    names.addAll(USE.keySet());
    names.add("reading");
    return names;
  }

  /**
   * The recipe with what was said in place of what it had; its model is the one that is here by
   * that name. Another model brings its own strength, guidance and steps where the take had those
   * that were usual for the first one.
   *
   * @throws IllegalArgumentException if a value is out of its range, or the profile another one
   */
  public static Interpretation of(Interpretation before, OptionList said) {
    for (String profile : said.values(PROFILE)) {
      if (!profile.equalsIgnoreCase(before.getProfile())) {
        throw new IllegalArgumentException(
            "--profile=%s, the take has %s: another profile is another kind of take, which ./sonograph run makes"
                .formatted(profile, before.getProfile()));
      }
    }
    List<String> taken = new ArrayList<>(said.given().stream().map(g -> g.name()).toList());
    if (taken.contains(MODEL)) {
      taken.addAll(usual(before));
    }
    RecipeOptions recipe = inFull(before, said, taken).recipe();
    long seed = recipe.seed().orElse(before.getDiffusion().getSeed());
    Interpretation asked = recipe.interpretation(seed);
    Interpretation changed = Interpretation.newBuilder(before).build();
    all()
        .forEach(
            (name, fields) -> {
              if (taken.contains(name)) {
                fields.names().forEach(field -> copy(asked, changed, fields.part(), field));
              }
            });
    if (taken.contains("reading")) {
      changed.put("readings", asked.getReadings());
    }
    if (!taken.isEmpty()) {
      changed.put("preset", asked.getPreset());
    }
    changed.getDiffusion().put("modelHash", ModelHashes.of(changed.getDiffusion().getModel()));
    return changed;
  }

  private static Map<String, Fields> all() {
    Map<String, Fields> all = new HashMap<>(PICTURE);
    all.putAll(USE);
    all.putAll(OTHER);
    return all;
  }

  /** Which of strength, guidance and steps are those the take's model has where nothing is said. */
  private static List<String> usual(Interpretation before) {
    DiffusionSettings had = before.getDiffusion();
    ModelDefaults usual = ModelDefaults.of(had.getModel(), RecipeDefaults.of(before.getProfile()));
    List<String> names = new ArrayList<>();
    if (had.getStrength() == usual.strength()) {
      names.add("strength");
    }
    if (had.getGuidance() == usual.guidance()) {
      names.add("guidance");
    }
    if (had.getSteps() == usual.steps()) {
      names.add("steps");
    }
    return names;
  }

  /** What was said, beside the take's own numbers, which decide together what is in range. */
  private static OptionList inFull(Interpretation before, OptionList said, List<String> taken) {
    OptionList full = said.without("format"::equals).with(PROFILE, before.getProfile());
    if (!taken.contains(MODEL)) {
      full = full.with(MODEL, before.getDiffusion().getModel());
    }
    Map<String, Fields> numbers = new HashMap<>(PICTURE);
    numbers.putAll(USE);
    for (Map.Entry<String, Fields> number : numbers.entrySet()) {
      if (!taken.contains(number.getKey())) {
        Fields fields = number.getValue();
        Object value = part(before, fields.part()).get(fields.names().getFirst());
        full = full.with(number.getKey(), value.toString());
      }
    }
    return full;
  }

  private static void copy(Interpretation from, Interpretation to, String part, String field) {
    part(to, part).put(field, part(from, part).get(field));
  }

  private static SpecificRecordBase part(Interpretation whole, String part) {
    return (SpecificRecordBase) whole.get(part);
  }
}
