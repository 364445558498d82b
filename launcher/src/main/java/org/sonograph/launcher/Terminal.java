package org.sonograph.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The console: data on standard output, everything said to a person on standard error. */
public final class Terminal {
  private static final String ERASE_LINE = "\r\u001b[2K";
  private static final String UP_AND_ERASE = "\u001b[1A\u001b[2K";
  private static final int DEFAULT_WIDTH = 80;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private final int width;
  private List<String> status = List.of();

  Terminal(PrintStream out, PrintStream err, boolean interactive, int width) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
    this.width = width;
  }

  /** The process's own console. */
  public static Terminal ofProcess() {
    String term = System.getenv().getOrDefault("TERM", "");
    // The script knows whether standard error is a terminal; Java can only ask about all three
    // streams at once.
    boolean terminal =
        Boolean.getBoolean("sonograph.terminal") && !term.isEmpty() && !term.equals("dumb");
    return new Terminal(System.out, System.err, terminal, columns());
  }

  private static int columns() {
    try {
      return Math.max(20, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")));
    } catch (NumberFormatException e) {
      return DEFAULT_WIDTH;
    }
  }

  /** True if a line on standard error can be rewritten. */
  public boolean interactive() {
    return interactive;
  }

  /** True if colour is welcome there. */
  public boolean colour() {
    return interactive && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
  }

  public int width() {
    return width;
  }

  public PrintStream out() {
    return out;
  }

  public PrintStream err() {
    return err;
  }

  /** One line of data. */
  public synchronized void data(String line) {
    clearStatus();
    out.println(line);
    out.flush();
    drawStatus();
  }

  /** One line for a person. */
  public synchronized void say(String line) {
    clearStatus();
    err.println(line);
    drawStatus();
  }

  /** One line about something that went wrong. */
  public void complain(String line) {
    say(colour() ? "\u001b[31m" + line + "\u001b[0m" : line);
  }

  /**
   * Replaces the lines that are rewritten in place; shown on a terminal only, none to clear them.
   */
  public synchronized void status(List<String> lines) {
    if (!interactive) {
      return;
    }
    clearStatus();
    status = lines.stream().map(l -> l.length() < width ? l : l.substring(0, width - 1)).toList();
    drawStatus();
  }

  /** Breaks a text between words. */
  public static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private void clearStatus() {
    if (!status.isEmpty()) {
      err.print(ERASE_LINE + UP_AND_ERASE.repeat(status.size() - 1));
    }
  }

  private void drawStatus() {
    if (!status.isEmpty()) {
      err.print(String.join("\n", status));
      err.flush();
    }
  }
}
