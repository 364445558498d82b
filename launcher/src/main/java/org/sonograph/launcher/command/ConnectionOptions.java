package org.sonograph.launcher.command;

import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.embedded.DataFolder;
import org.sonograph.launcher.embedded.InstanceFile;
import org.sonograph.launcher.embedded.UserData;
import org.sonograph.runtime.KafkaSettings;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.settings.Settings;
import picocli.CommandLine.Option;

/** Which running instance a command talks to. */
final class ConnectionOptions {
  private static final int ANSWER_MS = 10_000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder of a running ./sonograph up or run (default: this user's own).")
  Path data;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Brokers of a cluster, instead of --data.")
  String bootstrap;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "Schema registry of that cluster, complete with its path.")
  String registry;

  /** Where the instance is; throws when none is running. */
  InstanceFile instance() {
    if (bootstrap != null) {
      if (data != null) {
        throw new IllegalArgumentException("--data and --bootstrap exclude each other: name one");
      }
      return new InstanceFile(bootstrap, registry == null ? "" : registry, List.of(), "", "");
    }
    Path folder = folder().orElseThrow();
    return InstanceFile.read(folder).orElseThrow(() -> noInstance(folder));
  }

  private CommandFailure noInstance(Path folder) {
    return new CommandFailure(
        ExitCode.UNAVAILABLE,
        DataFolder.isHeld(folder)
            ? "a Sonograph in %s is starting: try again in a minute, or read %s"
                .formatted(folder, folder.resolve("logs"))
            : "no Sonograph is running in %s: start one with ./sonograph up%s, or name a cluster with --bootstrap"
                .formatted(folder, data == null ? "" : " --data " + data));
  }

  /** The data folder of the instance; none where a cluster is named. */
  Optional<Path> folder() {
    return bootstrap == null
        ? Optional.of((data == null ? UserData.folder() : data).toAbsolutePath())
        : Optional.empty();
  }

  /** Whether an instance was named, or this user's own is running. */
  boolean isSomewhere() {
    return bootstrap != null || data != null || InstanceFile.read(UserData.folder()).isPresent();
  }

  /** Throws when nothing says where the schema registry is. */
  void requireRegistry() {
    if (instance().registryUrl().isEmpty()) {
      throw new IllegalArgumentException(
          "--registry is missing: the schema registry beside --bootstrap");
    }
  }

  /** Settings for clients of the instance; the environment counts too. */
  SmallRyeConfig config(List<Class<?>> own) {
    return config(own, List.of());
  }

  /** As {@link #config(List)}, with further settings that go before the environment's. */
  SmallRyeConfig config(List<Class<?>> own, List<String> more) {
    InstanceFile instance = instance();
    List<String> flags =
        new ArrayList<>(List.of("--kafka.bootstrap-servers=" + instance.bootstrapServers()));
    if (!instance.registryUrl().isEmpty()) {
      flags.add("--registry.url=" + instance.registryUrl());
    }
    flags.addAll(more);
    return Settings.load(flags, System.getenv(), own);
  }

  /** Clients of the instance, which answers. */
  ServiceHost open() throws InterruptedException {
    requireRegistry();
    ServiceHost host = ServiceHost.open(config(List.of()));
    try {
      host.probe()
          .ifPresent(
              problem -> {
                throw new CommandFailure(ExitCode.UNAVAILABLE, problem);
              });
      host.prepare();
      return host;
    } catch (RuntimeException | InterruptedException e) {
      host.close();
      throw e;
    }
  }

  KafkaSettings kafka() {
    return KafkaSettings.of(config(List.of()));
  }

  /** Fails where no broker answers; other clients would wait for one for minutes. */
  void requireBroker(Admin admin) {
    String broker = kafka().bootstrapServers();
    try {
      admin.describeCluster().nodes().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted", e);
    } catch (ExecutionException e) {
      throw noAnswer(broker, e.getCause());
    }
  }

  /** What a command ends with where no broker answers. */
  static CommandFailure noAnswer(String broker, Throwable cause) {
    return new CommandFailure(
        ExitCode.UNAVAILABLE,
        "the broker at %s does not answer: %s; see whether it runs, and whether its address is right"
            .formatted(broker, cause.getMessage()),
        cause);
  }

  /** An admin client that gives up soon. */
  Admin admin() {
    var settings = kafka().admin();
    settings.put("default.api.timeout.ms", ANSWER_MS);
    settings.put("request.timeout.ms", ANSWER_MS / 2);
    return Admin.create(settings);
  }
}
