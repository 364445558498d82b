package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.launcher.recipe.Preset;
import org.sonograph.launcher.recipe.Presets;
import org.sonograph.launcher.recipe.ReadingRequests;
import org.sonograph.launcher.recipe.RecipeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Presets: options with a name. */
@Command(
    name = "preset",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Options with a name: lists, shows, saves and removes them.",
      "A preset is a small text file with a line option = value for each; --preset NAME|FILE of"
          + " run, ingest, diffuse and spectrogram takes it."
    })
public final class PresetCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Presets presets;

  @Spec CommandSpec spec;

  public PresetCommand(Terminal terminal, Presets presets) {
    this.terminal = terminal;
    this.presets = presets;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "name one of list, show, save, remove");
  }

  /** Lists presets. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the presets: your own, then those that come with Sonograph.")
  int list(@Option(names = "--json", description = "One line of JSON.") boolean json) {
    List<String> own = presets.ownNames();
    List<String> all = new ArrayList<>(own);
    Presets.bundledNames().stream().filter(name -> !own.contains(name)).forEach(all::add);
    ArrayNode found = new ObjectMapper().createArrayNode();
    for (String name : all) {
      Preset preset = presets.find(name);
      if (json) {
        describe(preset, found.addObject()).put("own", own.contains(name));
      } else {
        terminal.data("%-12s %s".formatted(name, preset.about()).stripTrailing());
      }
    }
    if (json) {
      terminal.data(found.toString());
    }
    return ExitCode.OK.number();
  }

  private static ObjectNode describe(Preset preset, ObjectNode out) {
    out.put("name", preset.name()).put("about", preset.about());
    ArrayNode options = out.putArray("options");
    preset
        .options()
        .given()
        .forEach(g -> options.addObject().put("name", g.name()).put("value", g.value()));
    return out;
  }

  /** Shows a preset. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints a preset, as its file has it.")
  int show(@Parameters(paramLabel = "NAME|FILE", description = "The preset.") String named) {
    terminal.data(presets.find(named).text().stripTrailing());
    return ExitCode.OK.number();
  }

  /** Saves options. */
  @Command(
      name = "save",
      mixinStandardHelpOptions = true,
      description = {
        "Saves options of run under a name, as a file in your own data folder.",
        "With --preset they are those of that preset, changed by what is given beside it."
      })
  int save(
      @Parameters(paramLabel = "NAME", description = "Small letters, digits and hyphens.")
          String name,
      @Option(
              names = "--about",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "What it is for, in a sentence.")
          String about,
      @Mixin RecipeOptions recipe) {
    Preset.requireName(name);
    recipe.interpretation(recipe.seed().orElse(0));
    OptionList options =
        OptionList.of(spec.commandLine().getSubcommands().get("save").getParseResult());
    if (options.given().isEmpty()) {
      throw new IllegalArgumentException(
          "preset save " + name + ": no options, expected some, e.g. --strength=0.4");
    }
    List<Preset.Line> lines = new ArrayList<>();
    for (OptionList.Given given : options.given()) {
      lines.add(new Preset.Line("--" + given.name(), ReadingRequests.withoutFiles(given)));
    }
    terminal.data(
        presets.save(new Preset(name, about.replaceAll("\\s+", " ").strip(), lines)).toString());
    return ExitCode.OK.number();
  }

  /** Removes a preset. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a preset of your own.")
  int remove(@Parameters(paramLabel = "NAME", description = "The preset.") String name) {
    terminal.say("removed " + presets.remove(name));
    return ExitCode.OK.number();
  }
}
