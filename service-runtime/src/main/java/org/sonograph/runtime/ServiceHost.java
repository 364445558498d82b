package org.sonograph.runtime;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.LibraryMeters;
import org.sonograph.runtime.meters.Parts;
import org.sonograph.runtime.osc.OscServer;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.OscConfig;
import org.sonograph.runtime.settings.PassThrough;
import org.sonograph.runtime.settings.RegistryConfig;
import org.sonograph.schemas.RegistryClient;

/**
 * Carries one service or several: their settings, clients, metrics and HTTP server.
 *
 * <p>Closing stops all services at the same time, so that the slowest sets the pace; what is
 * between them stays in the topics.
 */
public final class ServiceHost implements AutoCloseable {
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(10);
  private static final Duration PROBE_PAUSE = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(ServiceHost.class);
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(30);

  private final SmallRyeConfig config;
  private final KafkaSettings kafka;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gcMetrics = new JvmGcMetrics();
  private final HttpServer http;
  private final OscServer osc;
  private final RegistryClient registry;
  private final Admin admin;
  private final Backends backends;
  private final SequencedMap<String, RunningService> services = new LinkedHashMap<>();
  private final Map<String, Beginning> beginnings = new HashMap<>();

  private ServiceHost(SmallRyeConfig config) {
    this.config = config;
    this.kafka = KafkaSettings.of(config);
    LibraryMeters.limit(meters);
    LibraryMeters.bindJvm(meters, gcMetrics);
    Catalogue.FFMPEG_KILLS.counted(meters, FFmpeg::kills);
    this.http = HttpServer.start(config.getConfigMapping(HttpConfig.class), meters);
    this.osc = OscServer.of(config.getConfigMapping(OscConfig.class));
    this.registry = new PatientRegistry(connectRegistry(config), REGISTRY_PATIENCE);
    this.admin = Admin.create(kafka.admin());
    this.backends = new Backends(admin, registry, kafka.bootstrapServers());
    health(Parts.BROKER_AND_REGISTRY, backends::health);
  }

  /** Opens the clients and the HTTP server; asks neither broker nor registry yet. */
  public static ServiceHost open(SmallRyeConfig config) {
    return new ServiceHost(config);
  }

  /** The registry's client alone, for what carries no service. */
  public static RegistryClient connectRegistry(SmallRyeConfig config) {
    return RegistryClient.connect(registrySettings(config));
  }

  /**
   * Asks broker and registry, for a few seconds if need be, since a busy machine answers late; what
   * is wrong with them, if anything.
   */
  public Optional<String> probe() throws InterruptedException {
    long until = System.nanoTime() + PROBE_PATIENCE.toNanos();
    Optional<String> problem = backends.probe();
    while (problem.isPresent() && System.nanoTime() < until) {
      Thread.sleep(PROBE_PAUSE);
      problem = backends.probe();
    }
    return problem;
  }

  /**
   * Waits until broker and registry answer, however long, then makes the topics and demands
   * compatibility of the schemas.
   *
   * @return false if the host was closed meanwhile
   */
  public boolean prepare() throws InterruptedException {
    while (backends.await()) {
      try {
        TopicSetup.ensure(admin, kafka.partitions(), kafka.replicationFactor());
        if (config.getConfigMapping(RegistryConfig.class).manageCompatibility()) {
          TopicSetup.ensureCompatibility(registry);
        }
        backends.watch();
        return true;
      } catch (RetriableException e) {
        LOG.warn("{}; trying again", e.getMessage());
      }
    }
    return false;
  }

  /** Keeps health true of broker and registry where nothing is to be prepared. */
  public void watch() {
    backends.watch();
  }

  /** Makes a {@link #prepare} that still waits return. */
  void stopWaiting() {
    backends.close();
  }

  /** Begins what of a service needs neither broker nor registry; its {@link #start} follows. */
  public void begin(String name, ServiceFactory factory) throws Exception {
    health(name, () -> HealthReport.notReady("is starting"));
    Beginning begun = factory.begin(context(name));
    synchronized (services) {
      beginnings.put(name, begun);
    }
  }

  /** Starts a service; {@link #prepare} comes first. */
  public RunningService start(String name, ServiceFactory factory) throws Exception {
    synchronized (services) {
      if (!beginnings.containsKey(name)) {
        begin(name, factory);
      }
    }
    Stages.ALL.stream()
        .filter(stage -> stage.name().equals(name))
        .forEach(stage -> Catalogue.zeroDeadLetters(meters, name, stage.reads()));
    RunningService service = started(name);
    health(name, service::health);
    LOG.info("{} is up, health and metrics at {}", name, http.url());
    return service;
  }

  private RunningService started(String name) throws Exception {
    Beginning begun;
    synchronized (services) {
      begun = beginnings.get(name);
    }
    RunningService service = begun.start(context(name));
    synchronized (services) {
      beginnings.remove(name);
      services.put(name, service);
    }
    return service;
  }

  private ServiceContext context(String name) {
    return new ServiceContext(name, config, kafka, registry, meters, http, osc);
  }

  /** The server that carries health, metrics and routes. */
  public HttpServer http() {
    return http;
  }

  /** Open Sound Control of the services. */
  public OscServer osc() {
    return osc;
  }

  /** An admin client, closed with the host. */
  public Admin admin() {
    return admin;
  }

  /** Properties for further clients. */
  public KafkaSettings kafka() {
    return kafka;
  }

  /** Schemas. */
  public RegistryClient registry() {
    return registry;
  }

  /** Where meters go. */
  public PrometheusMeterRegistry meters() {
    return meters;
  }

  /** Adds something whose health is told, and counted; a later one of the same name replaces it. */
  public void health(String part, Supplier<HealthReport> report) {
    http.health(part, report);
    Catalogue.READY.gauge(meters, () -> report.get().isReady() ? 1 : 0, part);
  }

  /** Reports of all services and of broker and registry, by name. */
  public Map<String, HealthReport> health() {
    return http.reports();
  }

  @Override
  public void close() {
    backends.close();
    osc.close();
    synchronized (services) {
      List<Thread> stopping =
          services.entrySet().stream()
              .map(e -> Thread.ofVirtual().start(() -> stop(e.getKey(), e.getValue())))
              .toList();
      stopping.forEach(ServiceHost::join);
      services.clear();
      beginnings.values().forEach(Beginning::close);
      beginnings.clear();
    }
    http.close();
    admin.close(Duration.ZERO);
    registry.close();
    gcMetrics.close();
    meters.close();
  }

  private void stop(String name, RunningService service) {
    health(name, () -> HealthReport.notReady("is stopping"));
    try {
      service.close();
    } catch (RuntimeException e) {
      LOG.warn("{} did not stop cleanly: {}", name, e.getMessage(), e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Object> registrySettings(SmallRyeConfig config) {
    RegistryConfig own = config.getConfigMapping(RegistryConfig.class);
    Map<String, Object> settings = new HashMap<>(PassThrough.registry(config));
    settings.put("schema.registry.url", own.url());
    settings.put("auto.register.schemas", own.autoRegisterSchemas());
    settings.put("use.latest.version", own.useLatestVersion());
    own.basicAuthUserInfo()
        .ifPresent(
            info -> {
              settings.put("basic.auth.credentials.source", "USER_INFO");
              settings.put("basic.auth.user.info", info);
            });
    return settings;
  }
}
