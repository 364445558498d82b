package org.sonograph.launcher.recipe;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Arguments as a line that a POSIX shell takes apart into the same arguments. */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./=-]+");
  private static final Pattern OPTION = Pattern.compile("(--[a-z-]+=)(.*)", Pattern.DOTALL);

  private ShellWords() {}

  /** The line. */
  public static String line(List<String> arguments) {
    return arguments.stream().map(ShellWords::word).collect(Collectors.joining(" "));
  }

  private static String word(String argument) {
    var option = OPTION.matcher(argument);
    return option.matches() ? option.group(1) + quoted(option.group(2)) : quoted(argument);
  }

  /** Within single quotes nothing means anything but their end. */
  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
