package org.sonograph.launcher.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.LongFunction;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.schemas.Interpretation;

/**
 * One way in which a run makes a take of each of its sounds.
 *
 * @param values what is swept, by name, and its value here; empty where nothing is
 * @param options what was said of it, its seed left out
 * @param seedsOn how many seeds after the run's first one
 * @param recipe everything artistic, for a seed
 */
public record Variant(
    SequencedMap<String, String> values,
    OptionList options,
    int seedsOn,
    LongFunction<Interpretation> recipe) {

  public Variant {
    values = new LinkedHashMap<>(values);
  }

  /** The only one. */
  public static List<Variant> only(OptionList options, LongFunction<Interpretation> recipe) {
    return List.of(new Variant(new LinkedHashMap<>(), options, 0, recipe));
  }

  /** Everything artistic, in a run whose first seed is given. */
  public Interpretation interpretation(long firstSeed) {
    return recipe.apply(seed(firstSeed));
  }

  /** Its seed in a run whose first one is given. */
  public long seed(long firstSeed) {
    return firstSeed + seedsOn;
  }
}
