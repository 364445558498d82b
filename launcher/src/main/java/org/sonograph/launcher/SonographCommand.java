package org.sonograph.launcher;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.sonograph.launcher.command.UpCommand;
import org.sonograph.launcher.embedded.EmbeddedException;
import org.sonograph.launcher.embedded.ServiceLogs;
import org.sonograph.launcher.recipe.PresetArguments;
import org.sonograph.launcher.recipe.Presets;
import org.sonograph.runtime.settings.SettingsException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line's root. */
@Command(
    name = "sonograph",
    mixinStandardHelpOptions = true,
    versionProvider = SonographCommand.Version.class,
    description = {
      "Hear what a machine sees in your sound.",
      "Without a command: starts everything and opens the page in a browser (up --browser)."
    },
    synopsisSubcommandLabel = "[COMMAND]",
    subcommandsRepeatable = false,
    footer = {
      "",
      "Exit codes: 0 all went well, 2 wrong usage, 65 bad input, 66 no such input, 69 something"
          + " needed is missing,",
      "70 a chunk failed, 73 cannot write, 130 interrupted."
    },
    subcommands = {AutoComplete.GenerateCompletion.class, CommandLine.HelpCommand.class})
public final class SonographCommand implements Callable<Integer> {
  /** Variable in which the start script hands over a command line that is too long for one. */
  private static final String LONG_ARGUMENTS = "SONOGRAPH_ARGUMENTS";

  /** What is done where nothing is asked for. */
  private static final String[] NO_COMMAND = {"up", UpCommand.BROWSER};

  private static final String ENDS_A_WORD = "\u001f";

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }

  public static void main(String[] args) {
    ServiceLogs.quiet();
    Terminal terminal = Terminal.ofProcess();
    int code = execute(terminal, Presets.ofUser(), words(args, System.getenv(LONG_ARGUMENTS)));
    terminal.out().flush();
    Runtime.getRuntime().exit(code);
  }

  /**
   * The words of the command line, of which those after the first are elsewhere if they are long.
   */
  static String[] words(String[] args, String elsewhere) {
    if (args.length != 1 || elsewhere == null || !elsewhere.endsWith(ENDS_A_WORD)) {
      return args;
    }
    String[] rest = elsewhere.substring(0, elsewhere.length() - 1).split(ENDS_A_WORD, -1);
    return Stream.concat(Stream.of(args), Stream.of(rest)).toArray(String[]::new);
  }

  /** Runs a command line; what the process ends with. */
  static int execute(Terminal terminal, Presets presets, String... args) {
    CommandLine line = commandLine(terminal, presets);
    try {
      String[] given = args.length == 0 ? NO_COMMAND : args;
      return line.execute(new PresetArguments(presets, terminal::say).expand(line, given));
    } catch (CommandFailure | IllegalArgumentException e) {
      return report(terminal, e);
    }
  }

  /** The command line with all its commands. */
  static CommandLine commandLine(Terminal terminal, Presets presets) {
    CommandLine line = new CommandLine(new SonographCommand());
    Commands.all(terminal, presets).forEach(line::addSubcommand);
    // what is installed has options of its own
    line.getSubcommands().get("install").setStopAtPositional(true);
    line.setOut(new PrintWriter(terminal.out(), true));
    line.setErr(new PrintWriter(terminal.err(), true));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.colour() ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF));
    line.setExecutionExceptionHandler((e, command, result) -> report(terminal, e));
    line.setParameterExceptionHandler((e, given) -> misused(terminal, e));
    return line;
  }

  /** What is wrong and where to look it up; not everything there is to know. */
  private static int misused(Terminal terminal, ParameterException e) {
    terminal.complain("sonograph: " + e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      terminal.say("  did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?");
    }
    terminal.say("  see " + e.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help");
    return ExitCode.USAGE.number();
  }

  private static int report(Terminal terminal, Exception e) {
    terminal.status(List.of());
    switch (e) {
      case CommandFailure failure -> {
        terminal.complain("sonograph: " + failure.getMessage());
        return failure.code().number();
      }
      case EmbeddedException failure -> {
        terminal.complain("sonograph: " + failure.getMessage());
        return ExitCode.UNAVAILABLE.number();
      }
      case SettingsException failure -> {
        terminal.complain("sonograph: " + failure.getMessage());
        return ExitCode.USAGE.number();
      }
      case IllegalArgumentException failure -> {
        terminal.complain("sonograph: " + failure.getMessage());
        return ExitCode.USAGE.number();
      }
      default -> {
        terminal.complain("sonograph: " + e);
        if (Boolean.getBoolean("sonograph.debug")) {
          e.printStackTrace(terminal.err());
        } else {
          terminal.say(
              "  (this should not happen; SONOGRAPH_JAVA_OPTS=-Dsonograph.debug=true tells more)");
        }
        return ExitCode.FAILED.number();
      }
    }
  }

  /** Version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = SonographCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "sonograph " + (version == null ? "(not packaged)" : version), "Java " + Runtime.version()
      };
    }
  }
}
