package org.sonograph.launcher.command;

import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.watch.PipelineState;
import org.sonograph.launcher.watch.PipelineWatch;
import org.sonograph.runtime.KafkaSettings;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.schemas.RegistryClient;

/** A watch of the instance that a command talks to, with its clients. */
final class Observation implements AutoCloseable {
  private static final String CLIENT = "sonograph-watch";
  private static final int ANSWER_MS = 10_000;

  private final Admin admin;
  private final Consumer<byte[], byte[]> consumer;
  private final RegistryClient registry;
  private final String broker;
  private final PipelineWatch watch;

  private Observation(ConnectionOptions connection, SmallRyeConfig config) {
    KafkaSettings kafka = KafkaSettings.of(config);
    this.broker = kafka.bootstrapServers();
    this.admin = connection.admin();
    var settings = kafka.freeConsumer(CLIENT);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MS);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.registry = ServiceHost.connectRegistry(config);
    this.watch = new PipelineWatch(admin, consumer, registry);
  }

  /** Opens the clients; fails where no broker answers. */
  static Observation open(ConnectionOptions connection) {
    Observation opened = new Observation(connection, connection.config(List.of()));
    try {
      connection.requireBroker(opened.admin);
      return opened;
    } catch (CommandFailure e) {
      opened.close();
      throw e;
    }
  }

  String broker() {
    return broker;
  }

  /** How things are now. */
  PipelineState read() {
    try {
      return watch.read();
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  private CommandFailure unavailable(KafkaException e) {
    return ConnectionOptions.noAnswer(broker, e);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    consumer.close();
    registry.close();
  }
}
