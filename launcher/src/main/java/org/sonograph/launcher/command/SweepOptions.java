package org.sonograph.launcher.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.sonograph.launcher.job.Variant;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.launcher.recipe.RecipeOptions;
import org.sonograph.launcher.recipe.Sweep;
import org.sonograph.schemas.Interpretation;
import picocli.CommandLine.Option;

/** What {@code run} makes several takes of each sound with. */
final class SweepOptions {
  @Option(
      names = "--sweep",
      paramLabel = "NAME=V,V...",
      description = {
        "Make a take with each of these values of an option, and one page with all: pictures,",
        "sounds, and the command that makes each alone. May be given several times; every",
        "combination is made. Where values hold commas, bars divide them: prompt=a, b|c, d."
      })
  List<String> sweeps = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Make each with N seeds, counting up from --seed; they are on the page too.")
  Integer seeds;

  /** What is swept, checked. */
  Sweep sweep(RecipeOptions recipe) {
    if (seeds != null && recipe.isSeedList()) {
      throw new IllegalArgumentException(
          "--seeds=" + seeds + " counts up from one --seed, found a list of them");
    }
    return Sweep.parse(sweeps, seeds == null ? 1 : seeds);
  }

  /** Every way in which a take is to be made. */
  List<Variant> variants(Sweep sweep, RecipeOptions recipe, OptionList said) {
    OptionList options = recipe.isSeedList() ? said : said.without(Sweep.SEED::equals);
    if (!sweep.isSeveral()) {
      return Variant.only(options, recipe::interpretation);
    }
    String preset = recipe.preset();
    List<Variant> variants = new ArrayList<>();
    List<Interpretation> different = new ArrayList<>();
    for (Sweep.Combination combination : sweep.over(options)) {
      RecipeOptions own = combination.options().recipe();
      Interpretation interpretation = interpretation(combination, own);
      if (different.contains(interpretation)) {
        throw new IllegalArgumentException(
            "--sweep: %s says the same as another combination"
                .formatted(Sweep.label(combination.values())));
      }
      different.add(interpretation);
      for (int on = 0; on < sweep.seeds(); on++) {
        SequencedMap<String, String> values = new LinkedHashMap<>(combination.values());
        variants.add(
            new Variant(
                values,
                combination.options(),
                on,
                seed ->
                    Interpretation.newBuilder(own.interpretation(seed)).setPreset(preset).build()));
      }
    }
    return variants;
  }

  private static Interpretation interpretation(Sweep.Combination combination, RecipeOptions own) {
    try {
      return own.interpretation(0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--sweep: " + Sweep.label(combination.values()) + ": " + e.getMessage(), e);
    }
  }
}
