package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.InstanceFile;
import org.sonograph.runtime.PipelineLag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how far each stage of a running instance is behind. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows how many records wait for each stage of a running instance.")
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
    List<PipelineLag.StageLag> lags = read(instance);
    if (json) {
      ObjectNode root = new ObjectMapper().createObjectNode();
      root.put("bootstrap.servers", instance.bootstrapServers());
      root.put("schema.registry.url", instance.registryUrl());
      ObjectNode stages = root.putObject("lag");
      lags.forEach(lag -> stages.put(lag.stage(), lag.records()));
      terminal.data(root.toString());
    } else {
      terminal.data("broker    " + instance.bootstrapServers());
      if (!instance.registryUrl().isEmpty()) {
        terminal.data("registry  " + instance.registryUrl());
      }
      if (!instance.galleryUrl().isEmpty()) {
        terminal.data("gallery   " + instance.galleryUrl());
      }
      terminal.data("");
      terminal.data("%-22s %s".formatted("stage", "records waiting"));
      lags.forEach(lag -> terminal.data("%-22s %d".formatted(lag.stage(), lag.records())));
    }
    return ExitCode.OK.number();
  }

  private List<PipelineLag.StageLag> read(InstanceFile instance) {
    try (Admin admin = connection.admin()) {
      return PipelineLag.read(admin);
    } catch (KafkaException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "the broker at " + instance.bootstrapServers() + " does not answer: " + e.getMessage(),
          e);
    }
  }
}
