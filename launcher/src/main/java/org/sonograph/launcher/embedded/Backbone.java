package org.sonograph.launcher.embedded;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Broker and registry, started side by side. */
public final class Backbone implements AutoCloseable {
  private final BrokerChild broker;
  private final RegistryChild registry;
  private final Deaths brokerDeaths = new Deaths();
  private final Deaths registryDeaths = new Deaths();

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

  /**
   * Starts again what has died; throws with the log's last lines when it dies again and again.
   *
   * @param say takes a line for the user
   */
  public void check(Consumer<String> say) {
    if (hasDied(broker.process(), brokerDeaths, say)) {
      broker.revive();
    }
    if (hasDied(registry.process(), registryDeaths, say)) {
      registry.revive();
    }
  }

  private static boolean hasDied(ChildProcess child, Deaths deaths, Consumer<String> say) {
    if (child.alive()) {
      return false;
    }
    String what = "the " + child.name() + ", which the chain stands on, has died" + child.tail();
    if (deaths.areHopeless(System.nanoTime())) {
      throw new EmbeddedException(what);
    }
    say.accept(what + "\n  starting it again");
    return true;
  }

  @Override
  public void close() {
    registry.process().signalStop();
    broker.process().signalStop();
    broker.close();
    registry.close();
  }
}
