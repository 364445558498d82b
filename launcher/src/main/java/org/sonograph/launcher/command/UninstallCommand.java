package org.sonograph.launcher.command;

import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.install.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes away what install put there. */
@Command(
    name = "uninstall",
    mixinStandardHelpOptions = true,
    description = "Ends the service that install made and takes its files away; all data stay.")
public final class UninstallCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin InstallOptions place = new InstallOptions();

  public UninstallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (place.isReal() && Files.exists(place.unitFile())) {
      place.systemctl(terminal, "disable", "--now", Unit.NAME);
    }
    place.remove(terminal, place.unitFile());
    place.remove(terminal, place.targetFile());
    if (place.isReal()) {
      place.systemctl(terminal, "daemon-reload");
    }
    return ExitCode.OK.number();
  }
}
