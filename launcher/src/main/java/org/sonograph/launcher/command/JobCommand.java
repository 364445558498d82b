package org.sonograph.launcher.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.DataFolder;
import org.sonograph.launcher.job.JobControl;
import org.sonograph.launcher.job.JobFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells a run that is under way to rest, to go on or to end. */
@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Tells a run that is under way to rest, to go on or to end.")
public final class JobCommand implements Callable<Integer> {
  private static final String OUT = "Folder of the run, or the one named by its --data.";

  private final Terminal terminal;

  @Spec CommandSpec spec;

  public JobCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "name one of pause, resume, cancel");
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Sends nothing more; pictures under way are finished.")
  int pause(@Parameters(paramLabel = "OUT", description = OUT) Path out) {
    return tell(out, Optional.of(JobControl.Word.PAUSE), "pauses");
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Goes on after pause or, in time, after cancel.")
  int resume(@Parameters(paramLabel = "OUT", description = OUT) Path out) {
    return tell(out, Optional.empty(), "goes on");
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = "Begins no further take and ends when those begun are done.")
  int cancel(@Parameters(paramLabel = "OUT", description = OUT) Path out) {
    return tell(out, Optional.of(JobControl.Word.CANCEL), "ends when the takes begun are done");
  }

  private int tell(Path out, Optional<JobControl.Word> word, String what) {
    Path hidden = out.resolve(RunCommand.HIDDEN);
    Path data = DataFolder.isHeld(hidden) ? hidden : out;
    if (!DataFolder.isHeld(data) || JobFile.read(data).isEmpty()) {
      throw new CommandFailure(
          ExitCode.NO_INPUT,
          out + ": no run is under way here; expected the folder named by its --out or --data");
    }
    JobControl.tell(data, word);
    terminal.say("the run in " + out + " " + what);
    return ExitCode.OK.number();
  }
}
