package org.sonograph.launcher.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Puts a preset's options into a command line, before anyone reads it: where {@code --preset}
 * stands, those that the command has and that are not given themselves.
 */
public final class PresetArguments {
  private static final String OPTION = "--" + PresetOption.NAME;
  private static final String END_OF_OPTIONS = "--";

  /** An option given beside a preset takes its place, and that of the other. */
  private static final List<List<String>> EXCLUSIVE = List.of(List.of("prompt", "prompt-schedule"));

  private final Presets presets;
  private final Consumer<String> note;

  /**
   * Over some presets.
   *
   * @param note what to do with a line for the user
   */
  public PresetArguments(Presets presets, Consumer<String> note) {
    this.presets = presets;
    this.note = note;
  }

  /** The arguments with the preset's among them; the same where there is none. */
  public String[] expand(CommandLine root, String... args) {
    CommandLine command = root;
    int from = 0;
    while (from < args.length && command.getSubcommands().containsKey(args[from])) {
      command = command.getSubcommands().get(args[from++]);
    }
    List<String> after = Arrays.asList(args).subList(from, args.length);
    int end = after.indexOf(END_OF_OPTIONS);
    List<String> options = end < 0 ? after : after.subList(0, end);
    int at = place(options);
    if (command.getCommandSpec().findOption(OPTION) == null || at < 0) {
      return args;
    }
    boolean isJoined = options.get(at).startsWith(OPTION + "=");
    if (!isJoined && at + 1 >= options.size()) {
      return args;
    }
    String named = isJoined ? options.get(at).substring(OPTION.length() + 1) : options.get(at + 1);
    OptionList wanted = fitting(presets.find(named), command, options);
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(from + at + (isJoined ? 1 : 2), wanted.arguments());
    return all.toArray(String[]::new);
  }

  private static int place(List<String> options) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).equals(OPTION) || options.get(i).startsWith(OPTION + "=")) {
        places.add(i);
      }
    }
    if (places.size() > 1) {
      throw new IllegalArgumentException(OPTION + " is given " + places.size() + " times");
    }
    return places.isEmpty() ? -1 : places.getFirst();
  }

  private OptionList fitting(Preset preset, CommandLine command, List<String> options) {
    List<String> left = new ArrayList<>();
    OptionList wanted =
        preset
            .options()
            .without(
                name -> {
                  boolean isKnown = command.getCommandSpec().findOption("--" + name) != null;
                  if (!isKnown && !left.contains(name)) {
                    left.add(name);
                  }
                  return !isKnown || isGiven(name, command, options);
                });
    if (!left.isEmpty()) {
      note.accept(
          "preset %s: %s left out, which %s does not have"
              .formatted(preset.name(), String.join(", ", left), command.getCommandName()));
    }
    return wanted;
  }

  private static boolean isGiven(String name, CommandLine command, List<String> options) {
    Stream<String> rivals =
        EXCLUSIVE.stream().filter(group -> group.contains(name)).flatMap(List::stream);
    return Stream.concat(Stream.of(name), rivals)
        .map(rival -> command.getCommandSpec().findOption("--" + rival))
        .filter(option -> option != null)
        .flatMap(PresetArguments::namesOf)
        .anyMatch(
            spelled ->
                options.stream()
                    .anyMatch(arg -> arg.equals(spelled) || arg.startsWith(spelled + "=")));
  }

  private static Stream<String> namesOf(OptionSpec option) {
    return Arrays.stream(option.names());
  }
}
