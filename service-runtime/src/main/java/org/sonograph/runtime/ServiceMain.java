package org.sonograph.runtime;

import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.runtime.settings.SettingsException;
import org.sonograph.runtime.settings.SettingsTable;

/**
 * The whole body of a service's {@code main}: settings, start, health, SIGTERM, exit code.
 *
 * <p>Arguments are settings ({@code --name=value}), or one of {@code --help}, {@code
 * --show-settings} and {@code --check} (do broker and registry answer?).
 */
public final class ServiceMain {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);
  private static final long DRAIN_S = 30;
  private static final long GLANCE_MS = 1_000;

  private final String name;
  private final ServiceFactory factory;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile ServiceHost host;

  ServiceMain(String name, ServiceFactory factory) {
    this.name = name;
    this.factory = factory;
  }

  /** Runs a service until SIGTERM or Ctrl-C; ends the process with its exit code. */
  public static void run(String name, String[] args, ServiceFactory factory) {
    ServiceMain main = new ServiceMain(name, factory);
    Runtime.getRuntime().addShutdownHook(new Thread(main::drainAndHalt, "shutdown"));
    int code = main.execute(List.of(args), System.getenv());
    main.stopped.countDown();
    if (main.stop.getCount() > 0) {
      System.exit(code);
    }
  }

  /** Runs until {@link #stop}; the exit code. */
  int execute(List<String> args, Map<String, String> environment) {
    try {
      List<String> flags = new ArrayList<>(args);
      if (flags.remove("--help")) {
        LOG.info("{} takes these settings, as variable or --name=value:\n{}", name, table());
        return ExitCode.OK;
      }
      boolean show = flags.remove("--show-settings");
      boolean check = flags.remove("--check");
      SmallRyeConfig config = Settings.load(flags, environment, factory.settings());
      if (show) {
        Settings.shown(config, factory.settings()).forEach((n, v) -> LOG.info("{}={}", n, v));
        return ExitCode.OK;
      }
      factory.check(config);
      return check ? check(config) : serve(config);
    } catch (SettingsException e) {
      LOG.error("{}: {}", name, e.getMessage());
      return ExitCode.USAGE;
    } catch (UnavailableException e) {
      LOG.error("{}: {}", name, e.getMessage());
      return ExitCode.UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.OK;
    } catch (Exception | LinkageError e) {
      LOG.error("{} stops: {}", name, e.getMessage(), e);
      return ExitCode.FAILURE;
    }
  }

  /** Asks the service to drain and stop. */
  void stop() {
    stop.countDown();
    ServiceHost current = host;
    if (current != null) {
      current.stopWaiting();
    }
  }

  private int check(SmallRyeConfig config) {
    try (ServiceHost opened = ServiceHost.open(config)) {
      return opened.probe().isEmpty() ? ExitCode.OK : ExitCode.UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.UNAVAILABLE;
    }
  }

  private int serve(SmallRyeConfig config) throws Exception {
    try (ServiceHost opened = ServiceHost.open(config)) {
      host = opened;
      opened.begin(name, factory);
      if (stop.getCount() == 0 || !opened.prepare()) {
        return ExitCode.OK;
      }
      RunningService service = opened.start(name, factory);
      while (!stop.await(GLANCE_MS, TimeUnit.MILLISECONDS)) {
        HealthReport health = service.health();
        if (health.state() == HealthReport.State.DEAD) {
          LOG.error("{} stops: {}", name, health.reason());
          return ExitCode.FAILURE;
        }
      }
      LOG.info("{} finishes what is under way and stops", name);
      return ExitCode.OK;
    }
  }

  private String table() {
    List<Class<?>> all = new ArrayList<>(Settings.shared());
    all.addAll(factory.settings());
    return SettingsTable.markdown(all.toArray(Class<?>[]::new));
  }

  /**
   * Waits for the drain, then ends with 0 instead of the signal's own code: a stop that was asked
   * for is no failure.
   */
  private void drainAndHalt() {
    if (stopped.getCount() == 0) {
      return;
    }
    stop();
    try {
      boolean drained = stopped.await(DRAIN_S, TimeUnit.SECONDS);
      if (!drained) {
        LOG.warn("{} did not finish within {} s; what was under way is done again", name, DRAIN_S);
      }
      Runtime.getRuntime().halt(drained ? ExitCode.OK : ExitCode.FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
