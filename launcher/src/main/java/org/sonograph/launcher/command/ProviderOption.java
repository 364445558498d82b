package org.sonograph.launcher.command;

import java.util.List;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.ExecutionProvider;
import org.sonograph.diffusion.engine.ExecutionProviders;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import picocli.CommandLine.Option;

/** Where models compute: the option of every command that paints. */
final class ProviderOption {
  @Option(
      names = "--provider",
      paramLabel = "NAME[,NAME...]",
      description = {
        "Where models compute: cpu, cuda, tensorrt, coreml or directml, or several in order of",
        "preference (default: cpu). See ./sonograph doctor."
      })
  String provider;

  /**
   * Makes sure, before anything is started, that models can compute where they are asked to, and
   * says so loudly where that is not the first place named.
   *
   * @return in order of preference
   */
  List<ExecutionProvider> checked(Terminal terminal) {
    if (provider == null) {
      return List.of(ExecutionProvider.CPU);
    }
    List<ExecutionProvider> asked = ExecutionProvider.list(provider);
    try {
      ExecutionProviders.choose(asked).warnings().forEach(terminal::complain);
      return asked;
    } catch (DiffusionException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, "--" + e.getMessage(), e);
    }
  }
}
