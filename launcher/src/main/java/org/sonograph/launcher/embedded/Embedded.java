package org.sonograph.launcher.embedded;

import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.HealthReport;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.StaleTransactions;
import org.sonograph.runtime.TopicSetup;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.schemas.RegistryUnavailableException;
import org.sonograph.schemas.SchemaRefusedException;

/** The whole chain at work on this machine. */
public final class Embedded implements AutoCloseable {
  /**
   * What to start.
   *
   * @param data folder for everything the chain keeps
   * @param workerPorts a port for each diffusion worker's health and metrics
   * @param segments when the broker closes its files
   * @param settings settings of the services by name, besides the addresses of broker and registry
   * @param services factories by name, in the order of the pipeline
   * @param torn what is done where data cannot be opened
   */
  public record Plan(
      Path data,
      List<Integer> workerPorts,
      LogSegments segments,
      Map<String, String> settings,
      SequencedMap<String, ServiceFactory> services,
      TornData.Then torn) {
    public Plan {
      workerPorts = List.copyOf(workerPorts);
      settings = Map.copyOf(settings);
      services = new LinkedHashMap<>(services);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Embedded.class);
  private static final String METRICS = "/metrics";
  private static final String READY = "/health/ready";
  private static final int WORKER_HEAP_MB = 224;

  /** Where nobody is there to start them again. */
  private static final Duration WORKERS_REST = Duration.ofMinutes(5);

  private final Backbone backbone;
  private final Workers workers;
  private final ServiceHost host;
  private final List<Thread> watches;
  private final Path data;
  private final List<Integer> workerPorts;
  private final String model;
  private final Consumer<String> say;
  private volatile boolean isClosing;
  private String toldOfWorkers = "";

  private Embedded(
      Backbone backbone,
      Workers workers,
      ServiceHost host,
      List<Thread> watches,
      Plan plan,
      Consumer<String> say) {
    this.backbone = backbone;
    this.say = say;
    this.workers = workers;
    this.host = host;
    this.watches = List.copyOf(watches);
    this.data = plan.data();
    this.workerPorts = List.copyOf(plan.workerPorts());
    this.model = plan.settings().getOrDefault("sonograph.diffusion.model", "");
  }

  /** Starts everything; returns when all services are under way. */
  public static Embedded start(Plan plan, Consumer<String> say) throws Exception {
    long begun = System.nanoTime();
    Installation installation = Installation.find();
    boolean isSoundFirst = plan.torn() == TornData.Then.SET_ASIDE;
    // where data can be begun anew, who dies twice died of them
    int mostDeaths = isSoundFirst ? 1 : Deaths.MOST;
    Backbone backbone = new Backbone(installation, plan.data(), plan.segments(), mostDeaths);
    List<AutoCloseable> opened = new ArrayList<>(List.of(backbone));
    try {
      Ground ground = new Ground(backbone, plan);
      if (!isSoundFirst) {
        backbone.begin();
      }
      Map<String, String> settings = new TreeMap<>(plan.settings());
      settings.put("sonograph.kafka.bootstrap-servers", backbone.bootstrapServers());
      settings.put("sonograph.registry.url", backbone.registryUrl());
      settings.putIfAbsent("sonograph.kafka.state-dir", StateFolder.of(plan.data()).toString());
      ServiceHost host = ServiceHost.open(config(settings, plan));
      opened.addFirst(host);
      for (Map.Entry<String, ServiceFactory> service : plan.services().entrySet()) {
        host.begin(service.getKey(), service.getValue());
      }
      note("services have begun", begun);
      if (isSoundFirst) {
        backbone.begin();
      }
      Workers workers =
          Workers.start(
              installation,
              plan.data(),
              new Workers.Plan(
                  plan.workerPorts(),
                  WORKER_HEAP_MB,
                  workerSettings(settings),
                  isSoundFirst ? Optional.of(WORKERS_REST) : Optional.empty()),
              say);
      opened.addFirst(workers);
      ground.stand(host);
      TopicSetup.retain(host.admin(), plan.segments().kept());
      endStaleTransactions(host);
      note("topics are there", begun);
      List<Thread> watches =
          List.of(
              SchemaIds.at(plan.data(), backbone.registryUrl()).watch(),
              StrayTransactions.watch(host.admin()));
      opened.addFirst(() -> watches.forEach(Thread::interrupt));
      startAll(host, plan.services());
      note("services are up", begun);
      return new Embedded(backbone, workers, host, watches, plan, say);
    } catch (Exception e) {
      if (isSoundFirst) {
        leave(plan, backbone, e);
      }
      for (AutoCloseable part : opened) {
        part.close();
      }
      throw e;
    }
  }

  private static void note(String what, long begunNanos) {
    LOG.info("{} after {} ms", what, (System.nanoTime() - begunNanos) / 1_000_000);
  }

  private static void startAll(ServiceHost host, SequencedMap<String, ServiceFactory> services)
      throws Exception {
    for (Map.Entry<String, ServiceFactory> service : services.entrySet()) {
      try {
        host.start(service.getKey(), service.getValue());
      } catch (RegistryUnavailableException | SchemaRefusedException e) {
        throw doesNotStart(DataPart.REGISTRY, service.getKey(), e);
      } catch (KafkaException | IOException e) {
        throw doesNotStart(isOfState(e) ? DataPart.STATE : DataPart.BROKER, service.getKey(), e);
      }
    }
  }

  /** Nobody who writes in transactions is alive yet. */
  private static void endStaleTransactions(ServiceHost host) {
    try {
      int ended = StaleTransactions.abort(host.admin());
      if (ended > 0) {
        LOG.info("{} transactions that a killed process left open are ended", ended);
      }
    } catch (KafkaException e) {
      LOG.warn("what a killed process left open ends by itself: {}", e.getMessage());
    }
  }

  /** Where the state alone is torn the broker is well, and services end soonest with it. */
  private static void leave(Plan plan, Backbone backbone, Exception why) {
    StateFolder.abandon(plan.data());
    if (!(why instanceof TornException torn) || torn.part() != DataPart.STATE) {
      backbone.kill();
    }
  }

  private static boolean isOfState(Throwable e) {
    return e != null && (e instanceof ProcessorStateException || isOfState(e.getCause()));
  }

  private static TornException doesNotStart(DataPart part, String service, Exception e) {
    return new TornException(part, service + " does not start: " + e.getMessage(), e);
  }

  private static SmallRyeConfig config(Map<String, String> settings, Plan plan) {
    List<Class<?>> own =
        plan.services().values().stream().flatMap(s -> s.settings().stream()).toList();
    return Settings.load(Workers.flags(settings), System.getenv(), own);
  }

  /** A worker is a process of its own and knows only its own names. */
  private static Map<String, String> workerSettings(Map<String, String> all) {
    Map<String, String> some = new TreeMap<>(all);
    some.keySet()
        .removeIf(
            n ->
                !n.startsWith("sonograph.kafka.")
                    && !n.startsWith("sonograph.registry.")
                    && !n.startsWith("sonograph.diffusion."));
    return some;
  }

  public ServiceHost host() {
    return host;
  }

  public String bootstrapServers() {
    return backbone.bootstrapServers();
  }

  public String registryUrl() {
    return backbone.registryUrl();
  }

  /** How other programs reach the chain. */
  public InstanceFile instance() {
    List<String> metrics = new ArrayList<>(List.of(host.http().url() + METRICS));
    workerPorts.forEach(port -> metrics.add("http://" + LoopbackPorts.HOST + ":" + port + METRICS));
    return new InstanceFile(
        bootstrapServers(), registryUrl(), metrics, host.http().url().toString(), model);
  }

  /** True if every service says it is ready. */
  public boolean areServicesReady() {
    return host.health().values().stream().allMatch(HealthReport::isReady);
  }

  /** True if every service and every worker says it is ready. */
  public boolean isReady() {
    return areServicesReady()
        && workerPorts.stream().allMatch(port -> LoopbackPorts.serves(port, READY));
  }

  /** Throws, saying what to look at, when a part of the chain has died for good. */
  public void check() {
    if (isClosing) {
      return;
    }
    backbone.check(say);
    workers.check();
    checkServices();
  }

  /** As {@link #check}, but workers may be hopeless: what they do not paint is heard unpainted. */
  public void keep() {
    if (isClosing) {
      return;
    }
    backbone.check(say);
    checkServices();
    String trouble = workers.trouble().orElse("");
    if (!trouble.isEmpty() && !trouble.equals(toldOfWorkers)) {
      say.accept(
          "%s\n  nothing is painted any more; the sound goes on without; tried again in %d min"
              .formatted(trouble, WORKERS_REST.toMinutes()));
    }
    toldOfWorkers = trouble;
  }

  private void checkServices() {
    host.health()
        .forEach(
            (name, report) -> {
              if (report.state() == HealthReport.State.DEAD) {
                throw new TornException(DataPart.BROKER, name + " has stopped: " + report.reason());
              }
            });
  }

  /** Ends everything soon, though the ground has given way. */
  public void abandon() {
    isClosing = true;
    StateFolder.abandon(data);
    backbone.kill();
    close();
  }

  /** Lets everything finish what is under way; the ground under the services goes last. */
  @Override
  public void close() {
    isClosing = true;
    watches.forEach(Thread::interrupt);
    Thread stopWorkers = Thread.ofPlatform().name("stop-workers").start(workers::close);
    host.close();
    try {
      stopWorkers.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    backbone.close();
  }
}
