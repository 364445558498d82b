package org.sonograph.launcher.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.schemas.RegistryUnavailableException;
import org.sonograph.schemas.SchemaRefusedException;

/** Broker, registry and topics as they are got ready for the services, torn or not. */
final class Ground {
  private static final Logger LOG = LoggerFactory.getLogger(Ground.class);

  /**
   * Time for a start on data that may be torn: several times what most machines need, and little
   * enough that a second start is heard within a minute and a half.
   */
  private static final Duration SOON = Duration.ofSeconds(40);

  /** How many times longer than the last one a start may take before its data count as torn. */
  private static final int SLOWER = 3;

  /** How long the last start took, ms. */
  private static final String FILE = "start.ms";

  /** What each step gets at least. */
  private static final Duration LEAST = Duration.ofSeconds(20);

  private final Backbone backbone;
  private final Embedded.Plan plan;
  private final Duration patience;

  /** The ground before anything of it is started. */
  Ground(Backbone backbone, Embedded.Plan plan) {
    this.backbone = backbone;
    this.plan = plan;
    this.patience = patience();
  }

  /** Returns when services can be started; torn data are set aside where the plan says so. */
  void stand(ServiceHost host) throws InterruptedException {
    try {
      ready(host, patience);
    } catch (TornException e) {
      if (plan.torn() == TornData.Then.REFUSE) {
        throw e.advised(plan.data());
      }
      LOG.warn("begins with new data: {}", e.getMessage());
      backbone.renew(() -> TornData.setAside(plan.data(), e));
      ready(host, Backbone.PATIENCE);
    }
  }

  /** Nothing is torn where nothing is, and a machine that was slow before is slow again. */
  private Duration patience() {
    boolean isNew =
        Arrays.stream(DataPart.values())
            .flatMap(part -> part.folders().stream())
            .noneMatch(name -> Files.exists(plan.data().resolve(name)));
    if (plan.torn() == TornData.Then.REFUSE || isNew) {
      return Backbone.PATIENCE;
    }
    Duration slow = last().multipliedBy(SLOWER);
    Duration longer = slow.compareTo(SOON) > 0 ? slow : SOON;
    return longer.compareTo(Backbone.PATIENCE) < 0 ? longer : Backbone.PATIENCE;
  }

  private Duration last() {
    try {
      return Duration.ofMillis(
          Math.max(0, Long.parseLong(Files.readString(plan.data().resolve(FILE)).strip())));
    } catch (IOException | NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  private void remember(Duration took) {
    try {
      Files.writeString(plan.data().resolve(FILE), Long.toString(took.toMillis()));
    } catch (IOException e) {
      LOG.debug("it is not kept how long a start took: {}", e.getMessage());
    }
  }

  private void ready(ServiceHost host, Duration within) throws InterruptedException {
    long begun = System.nanoTime();
    long until = begun + within.toNanos();
    backbone.awaitBroker(within);
    LOG.info("the broker answers");
    backbone.awaitRegistry(left(until));
    LOG.info("the registry answers");
    SchemaIds.at(plan.data(), backbone.registryUrl()).check();
    prepare(host, left(until));
    remember(Duration.ofNanos(System.nanoTime() - begun));
  }

  private static Duration left(long untilNanos) {
    return Duration.ofNanos(Math.max(LEAST.toNanos(), untilNanos - System.nanoTime()));
  }

  private static boolean isOfRegistry(Throwable cause) {
    return cause instanceof RegistryUnavailableException || cause instanceof SchemaRefusedException;
  }

  private static void prepare(ServiceHost host, Duration within) throws InterruptedException {
    FutureTask<Boolean> preparing = new FutureTask<>(host::prepare);
    Thread thread = Thread.ofPlatform().name("prepare").daemon().start(preparing);
    try {
      preparing.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new TornException(
          DataPart.BROKER,
          "the topics were not there within " + within.toSeconds() + " s: " + host.health(),
          e);
    } catch (ExecutionException e) {
      DataPart part = isOfRegistry(e.getCause()) ? DataPart.REGISTRY : DataPart.BROKER;
      throw new TornException(
          part, "the topics cannot be made ready: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
