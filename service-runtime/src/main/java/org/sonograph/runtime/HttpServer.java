package org.sonograph.runtime;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.SettingsException;

/**
 * Carries health, metrics and the routes of one or several services.
 *
 * <p>{@code /health/live} answers 503 when something is dead, {@code /health/ready} when something
 * is not ready, both with the reason of each service as JSON; {@code /metrics} is Prometheus text.
 */
public final class HttpServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<String, Supplier<HealthReport>> health = new ConcurrentSkipListMap<>();
  private final PrometheusMeterRegistry meters;
  private final String host;
  private final HttpGuard guard;
  private final Javalin javalin;

  private HttpServer(HttpConfig config, PrometheusMeterRegistry meters) {
    this.meters = meters;
    this.host = config.host();
    this.guard = new HttpGuard(config, this::port);
    this.javalin = Javalin.create(c -> configure(c, config));
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      throw new SettingsException(
          "cannot listen on %s port %d: %s; set sonograph.http.port (0 = a free one)"
              .formatted(host, config.port(), e.getMessage()),
          e);
    }
  }

  /** Starts a server. */
  public static HttpServer start(HttpConfig config, PrometheusMeterRegistry meters) {
    return new HttpServer(config, meters);
  }

  /** Adds routes; allowed at any time. */
  public void routes(Consumer<RoutesConfig> routes) {
    routes.accept(javalin.unsafe.routes);
  }

  /** Adds something whose health is asked for; a later one of the same name replaces it. */
  public void health(String name, Supplier<HealthReport> report) {
    health.put(name, report);
  }

  /** Port it listens on. */
  public int port() {
    return javalin.port();
  }

  /**
   * True where only this machine's users, or those who know the token, can ask: what should not be
   * open to a whole network asks this first.
   */
  public boolean isPrivate() {
    return guard.isPrivate();
  }

  /** Address of the server, without a path. */
  public URI url() {
    String name = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    return URI.create(
        "http://" + (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port());
  }

  /** Reports of everything that was added, by name. */
  public Map<String, HealthReport> reports() {
    Map<String, HealthReport> reports = new TreeMap<>();
    health.forEach((name, report) -> reports.put(name, report.get()));
    return reports;
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig c, HttpConfig config) {
    c.startup.showJavalinBanner = false;
    c.startup.showOldJavalinVersionWarning = false;
    c.startup.startupWatcherEnabled = false;
    c.concurrency.useVirtualThreads = true;
    c.unsafe.internalRouter =
        new SharedRouter(c.unsafe.wsRouter, c.unsafe.eventManager, c.router, c.jetty);
    c.jetty.addConnector((server, http) -> SlowClients.connector(server, http, config));
    c.routes.before(guard::check);
    c.routes.get("/health/live", ctx -> answer(ctx, HealthReport.State.DEAD));
    c.routes.get("/health/ready", ctx -> answer(ctx, HealthReport.State.NOT_READY));
    c.routes.get("/metrics", ctx -> ctx.contentType(PROMETHEUS_TEXT).result(meters.scrape()));
  }

  private void answer(Context ctx, HealthReport.State bad) {
    Map<String, HealthReport> reports = reports();
    // Before the first service has said anything, nothing is ready.
    boolean fine =
        (bad == HealthReport.State.DEAD || !reports.isEmpty())
            && reports.values().stream().noneMatch(r -> r.state().compareTo(bad) >= 0);
    Map<String, Object> services = new TreeMap<>();
    reports.forEach(
        (name, r) -> services.put(name, Map.of("state", r.state().name(), "reason", r.reason())));
    ctx.status(fine ? OK : UNAVAILABLE).json(Map.of("ok", fine, "services", services));
  }
}
