package org.sonograph.launcher.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Broker and registry, started side by side. */
public final class Backbone implements AutoCloseable {
  /** Time within which each is up, be the machine ever so slow. */
  static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Installation installation;
  private final Path data;
  private final LogSegments segments;
  private final List<Integer> brokerPorts = LoopbackPorts.free(2);
  private final List<Integer> registryPorts = LoopbackPorts.free(2);
  private volatile BrokerChild broker;
  private final Deaths brokerDeaths;
  private final Deaths registryDeaths;
  private volatile RegistryChild registry;

  /**
   * Knows where both will be; {@link #begin} starts them.
   *
   * @param mostDeaths of each within five minutes that are mended
   */
  Backbone(Installation installation, Path data, LogSegments segments, int mostDeaths) {
    this.installation = installation;
    this.data = data;
    this.segments = segments;
    this.brokerDeaths = new Deaths(mostDeaths);
    this.registryDeaths = new Deaths(mostDeaths);
  }

  /** Starts both and returns at once. */
  public static Backbone start(Installation installation, Path data, LogSegments segments) {
    Backbone backbone = new Backbone(installation, data, segments, Deaths.MOST);
    backbone.begin();
    return backbone;
  }

  /** Starts both and returns at once. */
  void begin() {
    registry = RegistryChild.start(installation, data, registryPorts);
    try {
      broker = BrokerChild.start(installation, data, brokerPorts, segments);
    } catch (EmbeddedException e) {
      registry.close();
      throw e;
    }
  }

  /**
   * Ends both at once and starts both anew where they were.
   *
   * @param between what is done with their files while neither runs
   */
  void renew(Runnable between) {
    kill();
    between.run();
    registry.revive();
    broker.revive();
  }

  /** Ends both at once. */
  void kill() {
    if (registry != null) {
      registry.process().kill();
    }
    if (broker != null) {
      broker.process().kill();
    }
  }

  public String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + brokerPorts.getFirst();
  }

  public String registryUrl() {
    return RegistryChild.url(registryPorts.getFirst());
  }

  public void awaitBroker() {
    awaitBroker(PATIENCE);
  }

  public void awaitRegistry() {
    awaitRegistry(PATIENCE);
  }

  void awaitBroker(Duration patience) {
    try {
      broker.awaitReady(patience);
    } catch (EmbeddedException e) {
      throw new TornException(DataPart.BROKER, e.getMessage(), e);
    }
  }

  void awaitRegistry(Duration patience) {
    try {
      registry.awaitReady(patience);
    } catch (EmbeddedException e) {
      throw new TornException(DataPart.REGISTRY, e.getMessage(), e);
    }
  }

  /**
   * Starts again what has died; throws with the log's last lines when it dies again and again.
   *
   * @param say takes a line for the user
   */
  public void check(Consumer<String> say) {
    if (hasDied(DataPart.BROKER, broker.process(), brokerDeaths, say)) {
      broker.revive();
    }
    if (hasDied(DataPart.REGISTRY, registry.process(), registryDeaths, say)) {
      registry.revive();
    }
  }

  private static boolean hasDied(
      DataPart part, ChildProcess child, Deaths deaths, Consumer<String> say) {
    if (child.alive()) {
      return false;
    }
    String what = "the " + child.name() + ", which the chain stands on, has died" + child.tail();
    if (deaths.areHopeless(System.nanoTime())) {
      throw new TornException(part, what);
    }
    say.accept(what + "\n  starting it again");
    return true;
  }

  @Override
  public void close() {
    if (registry == null || broker == null) {
      return;
    }
    registry.process().signalStop();
    broker.process().signalStop();
    broker.close();
    registry.close();
  }
}
