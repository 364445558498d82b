package org.sonograph.launcher.command;

import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificData;
import org.sonograph.diffusion.worker.DiffusionConfig;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.runtime.Groups;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.ShareGroupSetup;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topic;
import org.sonograph.schemas.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes what a cluster needs before the first service starts. */
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    description = {
      "Makes topics, schemas and the workers' group on a cluster; what is there already stays.",
      "./sonograph up does so by itself. Partitions and copies: SONOGRAPH_KAFKA_PARTITIONS, SONOGRAPH_KAFKA_REPLICATION_FACTOR."
    })
public final class SetupCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin ConnectionOptions connection = new ConnectionOptions();

  public SetupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    connection.requireRegistry();
    SmallRyeConfig config = connection.config(List.of(DiffusionConfig.class));
    try (ServiceHost host = ServiceHost.open(config)) {
      host.probe()
          .ifPresent(
              problem -> {
                throw new CommandFailure(ExitCode.UNAVAILABLE, problem);
              });
      host.prepare();
      terminal.say("topics: " + String.join(" ", Topics.all().stream().map(Topic::name).toList()));
      register(host.registry());
      int lockMs = config.getConfigMapping(DiffusionConfig.class).lockMs();
      ShareGroupSetup.ensure(host.admin(), Groups.DIFFUSION, Duration.ofMillis(lockMs));
      terminal.say("group: " + Groups.DIFFUSION);
    }
    return ExitCode.OK.number();
  }

  private void register(RegistryClient registry) {
    for (Topic<?> topic : Topics.all()) {
      registry.idOf(topic.subject(), SpecificData.get().getSchema(topic.valueType()));
    }
    terminal.say("schemas: " + Topics.all().size());
  }
}
