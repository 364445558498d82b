package org.sonograph.launcher.embedded;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.sonograph.schemas.Topics;

/** A real Kafka broker and controller in one child process, on loopback. */
final class BrokerChild implements AutoCloseable {
  private static final String MAIN = "org.sonograph.launcher.broker.BrokerMain";
  private static final int HEAP_MB = 256;
  private static final int ANSWER_MS = 2000;

  private volatile ChildProcess process;
  private final int port;

  private BrokerChild(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the process and returns at once.
   *
   * @param ports for clients and for the controller
   * @param segments when a topic's files are closed; space comes back to the disk in pieces of this
   *     size
   */
  static BrokerChild start(
      Installation installation, Path data, List<Integer> ports, LogSegments segments) {
    Path file = data.resolve("broker.properties");
    write(file, settings(data, ports, segments));
    ChildProcess.Spec spec =
        new JavaCommand(installation.brokerClassPath())
            .heapMb(HEAP_MB)
            .firstCompilerOnly()
            .archive(installation.archives(), "broker")
            .properties(
                Map.of(
                    "org.slf4j.simpleLogger.defaultLogLevel", "warn",
                    "org.slf4j.simpleLogger.showDateTime", "true",
                    "org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS"))
            .spec(
                "Kafka broker",
                data.resolve("logs/broker.log"),
                Map.of(),
                List.of(MAIN, file.toString()));
    return new BrokerChild(ChildProcess.start(spec), ports.get(0));
  }

  String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + port;
  }

  ChildProcess process() {
    return process;
  }

  /** Starts it once more where it was, with what it has kept. */
  void revive() {
    process = process.again();
  }

  void awaitReady(Duration deadline) {
    process.await(() -> LoopbackPorts.answers(port), deadline);
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 20,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200,
                AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, 20))) {
      process.await(() -> serves(admin), deadline);
    }
  }

  private static boolean serves(Admin admin) {
    try {
      return !admin.describeCluster().nodes().get(ANSWER_MS, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("interrupted while the broker was starting", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static void write(Path file, Properties settings) {
    try {
      Files.createDirectories(file.getParent());
      try (Writer out = Files.newBufferedWriter(file)) {
        settings.store(out, "Written anew at every start of the embedded mode");
      }
    } catch (IOException e) {
      throw new EmbeddedException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static Properties settings(Path data, List<Integer> ports, LogSegments segments) {
    Properties p = new Properties();
    identity(p, data, ports);
    p.putAll(
        Map.of(
            "message.max.bytes", Integer.toString(Topics.MESSAGE_MAX_BYTES),
            "replica.fetch.max.bytes", Integer.toString(Topics.MESSAGE_MAX_BYTES),
            "auto.create.topics.enable", "false",
            "log.segment.bytes", Integer.toString(segments.bytes()),
            "log.roll.ms", Long.toString(segments.age().toMillis()),
            // Index files are allocated in full for every partition's newest segment.
            "log.index.size.max.bytes", "1048576",
            // 128 MiB of heap by default.
            "log.cleaner.dedupe.buffer.size", "4194304",
            "log.cleaner.io.buffer.size", "262144",
            "log.segment.delete.delay.ms", "1000",
            "log.retention.check.interval.ms", "10000"));
    p.putAll(
        Map.of(
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "group.initial.rebalance.delay.ms", "0",
            // After a kill a restart waits until the controller has given the dead broker up.
            "broker.session.timeout.ms", "1000",
            "broker.heartbeat.interval.ms", "250",
            // A worker may hold a picture as short as a test wants, or as long as a slow model
            // needs.
            "group.share.min.record.lock.duration.ms", "1000",
            // A worker is three members; the default of 200 would hold 66 of them.
            "group.share.max.size", "1000",
            "group.share.max.record.lock.duration.ms", "3600000"));
    p.putAll(
        Map.of(
            // A killed worker keeps its partitions that long; the pictures in them wait for it.
            "group.share.session.timeout.ms", "15000",
            "group.share.min.session.timeout.ms", "15000",
            "group.share.heartbeat.interval.ms", "3000",
            "group.share.min.heartbeat.interval.ms", "3000"));
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      p.setProperty(topic + ".replication.factor", "1");
      p.setProperty(topic + ".num.partitions", "2");
    }
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    return p;
  }

  private static void identity(Properties p, Path data, List<Integer> ports) {
    String clients = "PLAINTEXT://" + LoopbackPorts.HOST + ":" + ports.get(0);
    p.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "listeners", clients + ",CONTROLLER://" + LoopbackPorts.HOST + ":" + ports.get(1),
            "advertised.listeners", clients,
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name", "PLAINTEXT",
            "controller.listener.names", "CONTROLLER",
            "controller.quorum.voters", "1@" + LoopbackPorts.HOST + ":" + ports.get(1),
            "log.dirs", data.resolve("kafka").toAbsolutePath().toString()));
  }
}
