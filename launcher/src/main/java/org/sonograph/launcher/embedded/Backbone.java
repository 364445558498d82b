package org.sonograph.launcher.embedded;

import java.nio.file.Path;
import java.util.List;

/** Broker and registry, started side by side. */
public final class Backbone implements AutoCloseable {
  private final BrokerChild broker;
  private final RegistryChild registry;

  private Backbone(BrokerChild broker, RegistryChild registry) {
    this.broker = broker;
    this.registry = registry;
  }

  /** Starts both and returns at once. */
  public static Backbone start(Installation installation, Path data, LogSegments segments) {
    RegistryChild registry = RegistryChild.start(installation, data);
    try {
      return new Backbone(BrokerChild.start(installation, data, segments), registry);
    } catch (EmbeddedException e) {
      registry.close();
      throw e;
    }
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public String registryUrl() {
    return registry.url();
  }

  public void awaitBroker() {
    broker.awaitReady();
  }

  public void awaitRegistry() {
    registry.awaitReady();
  }

  /** Throws with the log's last lines when one of the two has died. */
  public void check() {
    for (ChildProcess child : List.of(broker.process(), registry.process())) {
      if (!child.alive()) {
        throw new EmbeddedException("a process the chain stands on has died" + child.tail());
      }
    }
  }

  @Override
  public void close() {
    registry.process().signalStop();
    broker.process().signalStop();
    broker.close();
    registry.close();
  }
}
