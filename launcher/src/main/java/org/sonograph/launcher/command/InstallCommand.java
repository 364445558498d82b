package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.launcher.install.Targets;
import org.sonograph.launcher.install.Unit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes live or up a service of systemd. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a live stream, or up, a service of systemd: from boot on, again whenever it ends,"
          + " killed where no sound comes though it should.",
      "Ports are fixed, and a target file for Prometheus says where they are. Say uninstall to take"
          + " all that away; data stay."
    })
public final class InstallCommand implements Callable<Integer> {
  private static final Set<String> STAYING = Set.of("live", "up");
  private static final String PORT = "--port";
  private static final String WORKER_PORT = "--worker-port";
  private static final String WORKERS = "--workers";

  private final Terminal terminal;

  @Spec CommandSpec spec;

  @Mixin InstallOptions place = new InstallOptions();

  @Option(
      names = "--run-as",
      paramLabel = "USER",
      description =
          "User that the machine's service runs as (default: whose Sonograph's folder is).")
  String runAs;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "What is to run: live or up with all its options.")
  List<String> words = new ArrayList<>();

  public InstallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    List<String> command = completed(words);
    int port = number(command, PORT, ResidentChain.USUAL_PORT);
    int first = number(command, WORKER_PORT, port + 1);
    List<Integer> workers = new ArrayList<>();
    for (int i = 0; i < number(command, WORKERS, 1); i++) {
      workers.add(first + i);
    }
    Path home = Installation.home();
    Unit unit = new Unit(scope(home), home, Path.of("").toAbsolutePath(), command);
    place.write(terminal, place.unitFile(), unit.text());
    place.write(terminal, place.targetFile(), new Targets(port, workers).json());
    if (place.isReal()) {
      place.systemctl(terminal, "daemon-reload");
      place.systemctl(terminal, "enable", Unit.NAME);
      place.systemctl(terminal, "restart", "--no-block", Unit.NAME);
    }
    if (unit.scope() instanceof Unit.Scope.Machine machine && machine.runAs().equals("root")) {
      terminal.complain("it runs as root, which it need not: name another user with --run-as");
    }
    say(port);
    return ExitCode.OK.number();
  }

  private void say(int port) {
    terminal.say("the page and the streams: http://127.0.0.1:" + port);
    terminal.say(
        "for the dashboards, in prometheus.yml under scrape_configs:\n"
            + "  - job_name: sonograph\n"
            + "    file_sd_configs: [{files: [\"%s\"]}]".formatted(place.targetFile()));
    if (place.isUser()) {
      terminal.say(
          "so that it starts at boot and not only when somebody logs in: loginctl enable-linger");
    }
    terminal.say("how it is: %s status %s".formatted(place.systemctl(), Unit.NAME));
    terminal.say("its log: %s".formatted(place.journal()));
    terminal.say("to take it away: ./sonograph uninstall" + (place.isUser() ? " --user" : ""));
  }

  private Unit.Scope scope(Path home) throws IOException {
    if (place.isUser()) {
      if (runAs != null) {
        throw new IllegalArgumentException("--run-as and --user exclude each other: name one");
      }
      return new Unit.Scope.User();
    }
    String owner = Files.getOwner(home).getName();
    return new Unit.Scope.Machine(runAs == null ? owner : runAs);
  }

  /** The command with its ports, after it was read as it will be. */
  private List<String> completed(List<String> given) {
    CommandLine known = spec.commandLine().getParent().getSubcommands().get(given.getFirst());
    if (known == null || !STAYING.contains(given.getFirst())) {
      throw new IllegalArgumentException(
          "install %s, expected live or up with all its options".formatted(given.getFirst()));
    }
    List<String> command = new ArrayList<>(given);
    if (!isGiven(given, PORT)) {
      command.addAll(List.of(PORT, Integer.toString(ResidentChain.USUAL_PORT)));
    }
    if (!isGiven(given, WORKER_PORT)) {
      int port = number(command, PORT, ResidentChain.USUAL_PORT);
      command.addAll(List.of(WORKER_PORT, Integer.toString(port + 1)));
    }
    known.parseArgs(command.subList(1, command.size()).toArray(String[]::new));
    return command;
  }

  private static boolean isGiven(List<String> command, String option) {
    return command.stream().anyMatch(w -> w.equals(option) || w.startsWith(option + "="));
  }

  private static int number(List<String> command, String option, int otherwise) {
    String text = "";
    for (int i = 0; i < command.size(); i++) {
      String word = command.get(i);
      if (word.startsWith(option + "=")) {
        text = word.substring(option.length() + 1);
      } else if (word.equals(option) && i + 1 < command.size()) {
        text = command.get(i + 1);
      }
    }
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[1-9]\\d{0,4}")) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s=%s, expected a number that stays".formatted(option, text));
    }
    return Integer.parseInt(text);
  }
}
