package org.sonograph.runtime;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.meters.DiskMeters;

/**
 * A Kafka Streams topology as a service: starts it, tells its health, replaces failed threads,
 * leaves its group at the end.
 */
public final class StreamsService implements RunningService {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(25);
  private static final long PAUSE_MS = 2_000;

  private final String name;
  private final KafkaStreams streams;
  private final KafkaStreamsMetrics metrics;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile String lastProblem = "";

  private StreamsService(ServiceContext context, KafkaStreams streams) {
    this.name = context.name();
    this.streams = streams;
    this.metrics = new KafkaStreamsMetrics(streams);
    metrics.bindTo(context.meters());
  }

  /** Starts a topology under its application id. */
  public static StreamsService start(
      ServiceContext context, String applicationId, Topology topology) {
    return start(context, applicationId, topology, Map.of());
  }

  /** Starts a topology under its application id with further properties of Kafka Streams. */
  public static StreamsService start(
      ServiceContext context,
      String applicationId,
      Topology topology,
      Map<String, Object> properties) {
    Map<String, Object> all = context.kafka().streams(applicationId);
    all.put(StreamsErrorHandler.METERS, context.meters());
    all.putAll(properties);
    try {
      Files.createDirectories(context.kafka().stateDir());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "folder of the stores cannot be made: "
              + context.kafka().stateDir()
              + "; set sonograph.kafka.state-dir",
          e);
    }
    Properties config = new Properties();
    config.putAll(all);
    DiskMeters.watch(context.meters(), DiskMeters.STATE, context.kafka().stateDir());
    KafkaStreams streams = new KafkaStreams(topology, new StreamsConfig(config));
    StreamsService service = new StreamsService(context, streams);
    streams.setUncaughtExceptionHandler(service::afterFailure);
    streams.start();
    return service;
  }

  /** The running topology. */
  public KafkaStreams streams() {
    return streams;
  }

  @Override
  public HealthReport health() {
    return switch (streams.state()) {
      case RUNNING -> HealthReport.ready();
      case CREATED, REBALANCING ->
          HealthReport.notReady(
              "partitions are being assigned" + (lastProblem.isEmpty() ? "" : "; " + lastProblem));
      case PENDING_SHUTDOWN, NOT_RUNNING -> HealthReport.notReady("is stopping");
      case PENDING_ERROR, ERROR -> HealthReport.dead("stream stopped: " + lastProblem);
    };
  }

  @Override
  public void close() {
    closing.countDown();
    metrics.close();
    boolean stopped =
        streams.close(
            CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!stopped) {
      LOG.warn("{}: stream did not stop within {} s", name, CLOSE_TIMEOUT.toSeconds());
    }
  }

  private StreamThreadExceptionResponse afterFailure(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    lastProblem = root.getMessage() == null ? root.toString() : root.getMessage();
    if (root instanceof VirtualMachineError || root instanceof LinkageError) {
      LOG.error("{}: stream stops: {}", name, lastProblem, error);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.warn("{}: stream goes back to its last commit: {}", name, lastProblem, error);
    try {
      boolean stopping = closing.await(PAUSE_MS, TimeUnit.MILLISECONDS);
      return stopping
          ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
          : StreamThreadExceptionResponse.REPLACE_THREAD;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
  }
}
