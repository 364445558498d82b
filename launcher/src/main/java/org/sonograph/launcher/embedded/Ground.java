package org.sonograph.launcher.embedded;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.ServiceHost;

/** Broker, registry and topics as they are got ready for the services, torn or not. */
final class Ground {
  private static final Logger LOG = LoggerFactory.getLogger(Ground.class);

  /**
   * Time for a start on data that may be torn: several times what a slow machine needs, and little
   * enough that a second start is heard within a minute and a half.
   */
  private static final Duration SOON = Duration.ofSeconds(40);

  /** What each step gets at least. */
  private static final Duration LEAST = Duration.ofSeconds(10);

  private final Backbone backbone;
  private final ServiceHost host;
  private final Embedded.Plan plan;

  Ground(Backbone backbone, ServiceHost host, Embedded.Plan plan) {
    this.backbone = backbone;
    this.host = host;
    this.plan = plan;
  }

  /** Returns when services can be started; torn data are set aside where the plan says so. */
  void stand() throws InterruptedException {
    try {
      boolean mayBeTorn = plan.torn() == TornData.Then.SET_ASIDE;
      ready(mayBeTorn ? SOON : Backbone.PATIENCE);
    } catch (TornException e) {
      if (plan.torn() == TornData.Then.REFUSE) {
        throw e.advised(plan.data());
      }
      LOG.warn("begins with new data: {}", e.getMessage());
      backbone.renew(() -> TornData.setAside(plan.data(), e));
      ready(Backbone.PATIENCE);
    }
  }

  private void ready(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    backbone.awaitBroker(patience);
    LOG.info("the broker answers");
    backbone.awaitRegistry(left(until));
    LOG.info("the registry answers");
    prepare(left(until));
  }

  private static Duration left(long untilNanos) {
    return Duration.ofNanos(Math.max(LEAST.toNanos(), untilNanos - System.nanoTime()));
  }

  private void prepare(Duration patience) throws InterruptedException {
    FutureTask<Boolean> preparing = new FutureTask<>(host::prepare);
    Thread thread = Thread.ofPlatform().name("prepare").daemon().start(preparing);
    try {
      preparing.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new TornException(
          DataPart.BROKER,
          "the topics were not there within " + patience.toSeconds() + " s: " + host.health(),
          e);
    } catch (ExecutionException e) {
      DataPart part = e.getCause() instanceof KafkaException ? DataPart.BROKER : DataPart.REGISTRY;
      throw new TornException(
          part, "the topics cannot be made ready: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
