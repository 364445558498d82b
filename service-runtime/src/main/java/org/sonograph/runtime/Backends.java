package org.sonograph.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.RegistryUnavailableException;

/**
 * Knows whether broker and registry answer; one line whenever that changes, and a reminder while
 * they are away.
 */
final class Backends implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  private static final long PROBE_MS = 3_000;
  private static final Duration REMINDER = Duration.ofMinutes(1);

  private final Admin admin;
  private final RegistryClient registry;
  private final String brokers;
  private final long pauseMs;
  private final long intervalMs;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String problem = "not asked yet";
  private long toldAtNanos;

  Backends(Admin admin, RegistryClient registry, String brokers) {
    this(admin, registry, brokers, 500, 10_000);
  }

  Backends(Admin admin, RegistryClient registry, String brokers, long pauseMs, long intervalMs) {
    this.admin = admin;
    this.registry = registry;
    this.brokers = brokers;
    this.pauseMs = pauseMs;
    this.intervalMs = intervalMs;
  }

  /** Asks both once; the problem, if there is one. */
  Optional<String> probe() {
    String found = brokerProblem();
    if (found.isEmpty()) {
      found = registryProblem();
    }
    note(found);
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** Waits until both answer; false if {@link #close} came first. */
  boolean await() throws InterruptedException {
    while (probe().isPresent()) {
      if (closed.await(pauseMs, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return closed.getCount() > 0;
  }

  /** Goes on asking in the background. */
  void watch() {
    Thread.ofVirtual()
        .name("backends")
        .start(
            () -> {
              try {
                while (!closed.await(intervalMs, TimeUnit.MILLISECONDS)) {
                  probe();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  HealthReport health() {
    String now = problem;
    return now.isEmpty() ? HealthReport.ready() : HealthReport.notReady(now);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private synchronized void note(String found) {
    boolean changed = !found.equals(problem);
    if (found.isEmpty()) {
      if (changed && toldAtNanos != 0) {
        LOG.info("broker {} and registry {} answer", brokers, registry.location());
        toldAtNanos = 0;
      }
    } else if (closed.getCount() > 0
        && (toldAtNanos == 0 || System.nanoTime() - toldAtNanos > REMINDER.toNanos())) {
      LOG.warn("{}; trying again", found);
      toldAtNanos = System.nanoTime();
    }
    problem = found;
  }

  private String brokerProblem() {
    try {
      admin.describeCluster().clusterId().get(PROBE_MS, TimeUnit.MILLISECONDS);
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "broker " + brokers + " was not asked: interrupted";
    } catch (ExecutionException e) {
      return "broker " + brokers + " does not answer: " + e.getCause().getMessage();
    } catch (TimeoutException e) {
      return "broker " + brokers + " does not answer within " + PROBE_MS + " ms";
    } catch (KafkaException e) {
      return "broker " + brokers + " cannot be asked: " + e.getMessage();
    }
  }

  private String registryProblem() {
    try {
      registry.ping();
      return "";
    } catch (RegistryUnavailableException e) {
      return e.getMessage();
    }
  }
}
