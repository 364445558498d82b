package org.sonograph.launcher.command;

import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sonograph.diffusion.worker.DiffusionWorkerService;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.Chain;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.runtime.settings.SettingsTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows every setting of every service. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = {
      "Shows every setting of the services with its present value, from environment (SONOGRAPH_...), file (SONOGRAPH_CONFIG) or default.",
      "Secrets are masked."
    })
public final class ConfigCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--table",
      description = "With variable, default, unit and meaning, as a Markdown table.")
  boolean table;

  public ConfigCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<ServiceFactory> services = new ArrayList<>(Chain.whole().values());
    services.add(DiffusionWorkerService.factory());
    List<Class<?>> own = services.stream().flatMap(s -> s.settings().stream()).distinct().toList();
    if (table) {
      List<Class<?>> all = new ArrayList<>(Settings.shared());
      all.addAll(own);
      terminal.data(SettingsTable.markdown(all.toArray(Class<?>[]::new)).stripTrailing());
    } else {
      SmallRyeConfig config = Settings.load(List.of(), System.getenv(), own);
      for (Map.Entry<String, String> setting : Settings.shown(config, own).entrySet()) {
        terminal.data(setting.getKey() + "=" + setting.getValue());
      }
    }
    return ExitCode.OK.number();
  }
}
