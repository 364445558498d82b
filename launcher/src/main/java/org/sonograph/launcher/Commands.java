package org.sonograph.launcher;

import java.util.List;
import org.sonograph.launcher.command.BagCommand;
import org.sonograph.launcher.command.CanaryCommand;
import org.sonograph.launcher.command.ConfigCommand;
import org.sonograph.launcher.command.DecodeCommand;
import org.sonograph.launcher.command.DiffuseCommand;
import org.sonograph.launcher.command.DlqCommand;
import org.sonograph.launcher.command.DoctorCommand;
import org.sonograph.launcher.command.IngestCommand;
import org.sonograph.launcher.command.InstallCommand;
import org.sonograph.launcher.command.JobCommand;
import org.sonograph.launcher.command.LiveCommand;
import org.sonograph.launcher.command.ModelCommand;
import org.sonograph.launcher.command.PresetCommand;
import org.sonograph.launcher.command.ReadingsCommand;
import org.sonograph.launcher.command.ReplayCommand;
import org.sonograph.launcher.command.RerenderCommand;
import org.sonograph.launcher.command.RunCommand;
import org.sonograph.launcher.command.SetupCommand;
import org.sonograph.launcher.command.SiteCommand;
import org.sonograph.launcher.command.SpectrogramCommand;
import org.sonograph.launcher.command.StatusCommand;
import org.sonograph.launcher.command.TopCommand;
import org.sonograph.launcher.command.TraceCommand;
import org.sonograph.launcher.command.UninstallCommand;
import org.sonograph.launcher.command.UpCommand;
import org.sonograph.launcher.recipe.Presets;

/** The commands, in the order in which help lists them. */
final class Commands {
  private Commands() {}

  static List<Object> all(Terminal terminal, Presets presets) {
    return List.of(
        new RunCommand(terminal),
        new ReplayCommand(terminal),
        new RerenderCommand(terminal),
        new SpectrogramCommand(terminal),
        new DiffuseCommand(terminal),
        new DecodeCommand(terminal),
        new ReadingsCommand(terminal),
        new PresetCommand(terminal, presets),
        new SiteCommand(terminal),
        new BagCommand(terminal),
        new UpCommand(terminal),
        new IngestCommand(terminal),
        new LiveCommand(terminal),
        new InstallCommand(terminal),
        new UninstallCommand(terminal),
        new SetupCommand(terminal),
        new StatusCommand(terminal),
        new TopCommand(terminal),
        new TraceCommand(terminal),
        new JobCommand(terminal),
        new DlqCommand(terminal),
        new CanaryCommand(terminal),
        new ModelCommand(terminal),
        new DoctorCommand(terminal),
        new ConfigCommand(terminal));
  }
}
