package org.sonograph.launcher.recipe;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;

/**
 * Options with a name, kept in a file: a line {@code option = value} for each, in the form of
 * Java's properties, as the settings file has it; an option that may be given several times is a
 * line each time. Comments at the head say what it is for.
 *
 * @param name what it is called
 * @param about what it is for, one line; may be empty
 * @param lines its options
 */
public record Preset(String name, String about, List<Line> lines) {
  /** Ending of its file. */
  public static final String EXTENSION = ".properties";

  private static final Pattern NAMES = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern MODEL = Pattern.compile("[\\w.@:-]+(/[\\w.-]+)?(@[\\w.-]+)?");
  private static final String MODEL_OPTION = "model";
  private static final String READING_OPTION = "reading";

  /**
   * One option.
   *
   * @param place file and number of the line, for messages
   * @param option the option
   */
  public record Line(String place, OptionList.Given option) {}

  /** Refuses what is no option, has a value that is none, or names a place of one machine. */
  public Preset {
    lines = List.copyOf(lines);
    TreeSet<String> once = new TreeSet<>();
    for (Line line : lines) {
      String option = line.option().name();
      if (!OptionList.names().contains(option)) {
        throw refused(
            line.place(),
            "unknown option " + option + ", expected one of " + String.join(", ", names()));
      }
      if (!once.add(option) && !OptionList.isRepeated(option)) {
        throw refused(line.place(), option + " is there a second time, expected once");
      }
      requireNoPath(line);
    }
    requireValues(lines, name);
  }

  /** Whether a preset can have that name. */
  public static String requireName(String name) {
    if (!NAMES.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "preset name '%s', expected small letters, digits and hyphens".formatted(name));
    }
    return name;
  }

  /** The name of a preset that is named, or whose file is. */
  public static String nameOf(String named) {
    String file = Path.of(named).getFileName().toString();
    return file.endsWith(EXTENSION) ? file.substring(0, file.length() - EXTENSION.length()) : file;
  }

  /** Names of all options that a preset may hold. */
  public static List<String> names() {
    return List.copyOf(OptionList.names());
  }

  /** The options. */
  public OptionList options() {
    return new OptionList(lines.stream().map(Line::option).toList());
  }

  /**
   * Reads a file's text.
   *
   * @param shown the file's name in messages
   */
  public static Preset parse(String name, String shown, String text) {
    List<Line> lines = new ArrayList<>();
    List<String> about = new ArrayList<>();
    String[] all = text.split("\\R", -1);
    for (int i = 0; i < all.length; i++) {
      int first = i;
      StringBuilder whole = new StringBuilder(all[i].strip());
      if (isComment(whole)) {
        if (lines.isEmpty()) {
          about.add(whole.substring(1).strip());
        }
        continue;
      }
      while (goesOn(whole) && i + 1 < all.length) {
        whole.append('\n').append(all[++i]);
      }
      String place = shown + ":" + (first + 1);
      for (Map.Entry<Object, Object> entry : properties(whole.toString(), place).entrySet()) {
        String value = entry.getValue().toString().strip();
        if (value.isEmpty()) {
          throw refused(place, entry.getKey() + " has no value, expected option = value");
        }
        lines.add(new Line(place, new OptionList.Given(entry.getKey().toString(), value)));
      }
    }
    return new Preset(name, String.join(" ", about).strip(), lines);
  }

  /** The file's text; inverse of {@link #parse}. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (!about.isEmpty()) {
      text.append("# ").append(about).append('\n');
    }
    for (Line line : lines) {
      String value = line.option().value().replace("\\", "\\\\").replace("\n", "\\n");
      text.append(line.option().name()).append(" = ").append(value).append('\n');
    }
    return text.toString();
  }

  private static boolean isComment(CharSequence line) {
    return !line.isEmpty() && (line.charAt(0) == '#' || line.charAt(0) == '!');
  }

  /** An odd number of backslashes at the end joins a line with the next. */
  private static boolean goesOn(CharSequence line) {
    int slashes = 0;
    while (slashes < line.length() && line.charAt(line.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private static Properties properties(String line, String place) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(line));
    } catch (IllegalArgumentException e) {
      throw refused(place, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  private static void requireNoPath(Line line) {
    String value = line.option().value();
    boolean isPath =
        switch (line.option().name()) {
          case MODEL_OPTION -> !MODEL.matcher(value).matches() || value.startsWith(".");
          case READING_OPTION -> value.toLowerCase(Locale.ROOT).contains(".scl");
          default -> false;
        };
    if (isPath) {
      throw refused(
          line.place(),
          "%s = %s names a place on one machine, which a preset may not: %s"
              .formatted(
                  line.option().name(),
                  value,
                  line.option().name().equals(MODEL_OPTION)
                      ? "give the model a name with ./sonograph model add"
                      : "./sonograph preset save writes a scale's own steps in its place"));
    }
  }

  /** Whose line is to blame is found by leaving it out. */
  private static void requireValues(List<Line> lines, String name) {
    String problem = problem(lines);
    if (problem.isEmpty()) {
      return;
    }
    for (Line line : lines) {
      List<Line> others = new ArrayList<>(lines);
      others.remove(line);
      if (!problem(others).equals(problem)) {
        throw refused(line.place(), problem);
      }
    }
    throw refused("preset " + name, problem);
  }

  private static String problem(List<Line> lines) {
    OptionList options = new OptionList(lines.stream().map(Line::option).toList());
    try {
      RecipeOptions recipe = options.recipe();
      recipe.interpretation(recipe.seed().orElse(0));
      return "";
    } catch (IllegalArgumentException | CommandFailure e) {
      return e.getMessage();
    }
  }

  private static CommandFailure refused(String place, String problem) {
    return new CommandFailure(ExitCode.USAGE, place + ": " + problem);
  }
}
