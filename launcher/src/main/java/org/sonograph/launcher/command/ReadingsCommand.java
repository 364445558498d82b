package org.sonograph.launcher.command;

import java.util.concurrent.Callable;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.recipe.ReadingRequests;
import org.sonograph.signal.reading.Reading;
import picocli.CommandLine.Command;

/** Lists the ways to hear a picture. */
@Command(
    name = "readings",
    mixinStandardHelpOptions = true,
    description = "Lists the ways to hear a picture.")
public final class ReadingsCommand implements Callable<Integer> {
  private final Terminal terminal;

  public ReadingsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    for (Reading reading : ReadingRequests.all()) {
      terminal.data("%-12s %s".formatted(reading.name(), reading.summary()));
    }
    return ExitCode.OK.number();
  }
}
