package org.sonograph.launcher.recipe;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Options of a take as a user says them: names without dashes, values as they were typed, in order;
 * a name again where an option may be given several times. It is the one form in which presets,
 * sweeps and commands to copy hand them on.
 *
 * @param given the options
 */
public record OptionList(List<Given> given) {
  /** None. */
  public static final OptionList NONE = new OptionList(List.of());

  private static final String DASHES = "--";
  private static final Map<String, OptionSpec> KNOWN = known();

  /**
   * One option.
   *
   * @param name without dashes
   * @param value as typed; {@code true} of a switch
   */
  public record Given(String name, String value) {
    /** As one argument of a command; a switch that is off is none. */
    public List<String> argument() {
      boolean isSwitch = KNOWN.containsKey(name) && isSwitch(name);
      return isSwitch
          ? Boolean.parseBoolean(value) ? List.of(DASHES + name) : List.of()
          : List.of(DASHES + name + "=" + value);
    }
  }

  public OptionList {
    given = List.copyOf(given);
  }

  /** Names of all options that shape a take. */
  public static SortedSet<String> names() {
    return new TreeSet<>(KNOWN.keySet());
  }

  /** Whether an option may be given several times. */
  public static boolean isRepeated(String name) {
    return KNOWN.get(name).isMultiValue() && KNOWN.get(name).splitRegex().isEmpty();
  }

  /** Whether an option is on or off. */
  public static boolean isSwitch(String name) {
    return KNOWN.get(name).arity().max() == 0;
  }

  /** Those of a command line's options that shape a take. */
  public static OptionList of(ParseResult parsed) {
    List<Given> all = new ArrayList<>();
    // one that is given twice is matched twice, with all its values each time
    for (OptionSpec option : new LinkedHashSet<>(parsed.matchedOptions())) {
      String name = nameOf(option);
      if (!KNOWN.containsKey(name)) {
        continue;
      }
      if (isSwitch(name)) {
        all.add(new Given(name, "true"));
      } else if (isRepeated(name)) {
        option.originalStringValues().forEach(value -> all.add(new Given(name, value)));
      } else {
        all.add(new Given(name, option.originalStringValues().getLast()));
      }
    }
    return new OptionList(all);
  }

  /** The values of an option, in order. */
  public List<String> values(String name) {
    return given.stream().filter(g -> g.name().equals(name)).map(Given::value).toList();
  }

  /** These without some. */
  public OptionList without(Predicate<String> name) {
    return new OptionList(given.stream().filter(g -> !name.test(g.name())).toList());
  }

  /** These, an option in place of what was said of it. */
  public OptionList with(String name, String value) {
    List<Given> all = new ArrayList<>(without(name::equals).given());
    all.add(new Given(name, value));
    return new OptionList(all);
  }

  /** As arguments of a command, each in one. */
  public List<String> arguments() {
    return given.stream().flatMap(g -> g.argument().stream()).toList();
  }

  /**
   * The recipe they make on their own.
   *
   * @throws IllegalArgumentException if a name is unknown or a value no such thing; values out of
   *     range show when it is asked for its interpretation
   */
  public RecipeOptions recipe() {
    RecipeOptions recipe = new RecipeOptions();
    try {
      new CommandLine(spec(recipe))
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setExpandAtFiles(false)
          .parseArgs(arguments().toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return recipe;
  }

  private static CommandSpec spec(RecipeOptions recipe) {
    return CommandSpec.create().addMixin("recipe", CommandSpec.forAnnotatedObject(recipe));
  }

  private static Map<String, OptionSpec> known() {
    Map<String, OptionSpec> known = new TreeMap<>();
    for (OptionSpec option : spec(new RecipeOptions()).options()) {
      known.put(nameOf(option), option);
    }
    known.remove(PresetOption.NAME);
    return Map.copyOf(known);
  }

  private static String nameOf(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }
}
