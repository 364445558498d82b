package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.InstanceFile;
import org.sonograph.launcher.watch.PipelineState;
import org.sonograph.launcher.watch.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether a running instance is well, and how far each of its stages is behind. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Says in a sentence whether all is well, and how many records wait for each stage of a"
            + " running instance.")
public final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--json", description = "As one line of JSON.")
  boolean json;

  public StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    InstanceFile instance = connection.instance();
    PipelineState state = read();
    Verdict verdict = Verdict.of(state, ZoneId.systemDefault());
    if (json) {
      ObjectNode root = new ObjectMapper().createObjectNode();
      root.put("ok", verdict.ok());
      root.put("verdict", verdict.text());
      root.put("bootstrap.servers", instance.bootstrapServers());
      root.put("schema.registry.url", instance.registryUrl());
      ObjectNode stages = root.putObject("lag");
      state.stages().forEach(stage -> stages.put(stage.name(), stage.waiting()));
      terminal.data(root.toString());
    } else {
      terminal.data(verdict.text());
      terminal.data("");
      terminal.data("broker    " + instance.bootstrapServers());
      if (!instance.registryUrl().isEmpty()) {
        terminal.data("registry  " + instance.registryUrl());
      }
      if (!instance.galleryUrl().isEmpty()) {
        terminal.data("gallery   " + instance.galleryUrl());
      }
      terminal.data("");
      terminal.data("%-22s %s".formatted("stage", "records waiting"));
      state.stages().forEach(s -> terminal.data("%-22s %d".formatted(s.name(), s.waiting())));
    }
    return ExitCode.OK.number();
  }

  private PipelineState read() {
    try (Observation observation = Observation.open(connection)) {
      return observation.read();
    }
  }
}
