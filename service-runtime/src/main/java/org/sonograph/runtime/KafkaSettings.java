package org.sonograph.runtime;

import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.sonograph.runtime.settings.KafkaConfig;
import org.sonograph.runtime.settings.PassThrough;
import org.sonograph.schemas.Topics;

/**
 * Properties of every kind of Kafka client; serialisers are given to the client's constructor.
 *
 * <p>All size limits derive from {@link Topics#PAYLOAD_MAX_BYTES}. Each map is a fresh, mutable
 * one.
 */
public final class KafkaSettings {
  private static final int MIB = 1024 * 1024;
  private static final int PATIENCE_MS = 30 * 60 * 1000;
  private static final int LINGER_MS = 5;
  private static final int RECORDS_PER_POLL = 8;

  /** What a share consumer refuses, although it shares its definitions with other consumers. */
  private static final Set<String> NOT_FOR_SHARE_GROUPS =
      Set.of(
          ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);

  private final KafkaConfig config;
  private final Map<String, String> passThrough;

  private KafkaSettings(KafkaConfig config, Map<String, String> passThrough) {
    this.config = config;
    this.passThrough = passThrough;
  }

  /** Kafka's part of the settings. */
  public static KafkaSettings of(SmallRyeConfig config) {
    return new KafkaSettings(config.getConfigMapping(KafkaConfig.class), PassThrough.kafka(config));
  }

  /** Broker addresses. */
  public String bootstrapServers() {
    return config.bootstrapServers();
  }

  /** Partitions of an ordinary topic made at start. */
  public int partitions() {
    return config.partitions();
  }

  /** Copies of a partition made at start. */
  public short replicationFactor() {
    return config.replicationFactor();
  }

  /**
   * Properties of an idempotent producer that waits for the broker, however long, as far as memory
   * allows.
   */
  public Map<String, Object> producer(String clientId) {
    Map<String, Object> p = common(ProducerConfig.configNames());
    p.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    p.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    p.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
    producerLimits(p, "");
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return p;
  }

  /**
   * Properties of a consumer that reads committed records from the beginning and commits by itself.
   */
  public Map<String, Object> consumer(String groupId) {
    Map<String, Object> p = common(ConsumerConfig.configNames());
    p.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    p.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, config.sessionTimeoutMs());
    instanceId(groupId).ifPresent(id -> p.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
    readsCommitted(p);
    fetchLimits(p, "");
    p.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
    return p;
  }

  /** Properties of a consumer without a group, which is told its partitions. */
  public Map<String, Object> freeConsumer(String clientId) {
    Map<String, Object> p = common(ConsumerConfig.configNames());
    p.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    readsCommitted(p);
    fetchLimits(p, "");
    return p;
  }

  /**
   * Properties of a share consumer that takes one record at a time and acknowledges it explicitly.
   */
  public Map<String, Object> shareConsumer(String groupId) {
    return shareConsumer(groupId, 1);
  }

  /**
   * Properties of a share consumer that acknowledges records explicitly.
   *
   * @param records how many it takes at a time, at most
   */
  public Map<String, Object> shareConsumer(String groupId, int records) {
    Map<String, Object> p = common(ConsumerConfig.configNames());
    NOT_FOR_SHARE_GROUPS.forEach(p::remove);
    p.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    p.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    p.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    p.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, records);
    // Well below what a lane waits: a record that comes when nobody polls any more lies there.
    p.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    fetchLimits(p, "");
    return p;
  }

  /**
   * Properties of an exactly-once stream; exceptions that reach Kafka Streams become dead letters.
   */
  public Map<String, Object> streams(String applicationId) {
    Map<String, Object> p = new HashMap<>(passThrough);
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    // without it clients, and so labels of meters, are called by a new id at every start
    p.put(StreamsConfig.CLIENT_ID_CONFIG, applicationId);
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitIntervalMs());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streamThreads());
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replicationFactor());
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir().toString());
    p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_PER_POLL);
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    p.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStores.class);
    p.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Topics.MESSAGE_MAX_BYTES);
    producerLimits(p, StreamsConfig.PRODUCER_PREFIX);
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        config.transactionTimeoutMs());
    fetchLimits(p, StreamsConfig.CONSUMER_PREFIX);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    p.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS_PER_POLL);
    p.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        config.sessionTimeoutMs());
    instanceId(applicationId)
        .ifPresent(
            id ->
                p.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
    p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, StreamsErrorHandler.class);
    p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, StreamsErrorHandler.class);
    p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    p.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, StreamsErrorHandler.class);
    return p;
  }

  /** Properties of an admin client. */
  public Map<String, Object> admin() {
    return common(AdminClientConfig.configNames());
  }

  /** Folder of the streams' stores. */
  public Path stateDir() {
    return config
        .stateDir()
        .map(Path::of)
        .orElseGet(
            () -> {
              String state = System.getenv("XDG_STATE_HOME");
              return (state == null || state.isBlank()
                      ? Path.of(System.getProperty("user.home"), ".local", "state")
                      : Path.of(state))
                  .resolve("sonograph");
            });
  }

  private Optional<String> instanceId(String groupId) {
    return config.instanceId().map(id -> groupId + "-" + id);
  }

  private Map<String, Object> common(Set<String> known) {
    Map<String, Object> p = new HashMap<>(passThrough);
    p.keySet().retainAll(known);
    p.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    p.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return p;
  }

  private void producerLimits(Map<String, Object> p, String prefix) {
    long buffer = Math.max((long) config.sendBufferMib() * MIB, Topics.MESSAGE_MAX_BYTES);
    p.put(prefix + ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MESSAGE_MAX_BYTES);
    p.put(prefix + ProducerConfig.BUFFER_MEMORY_CONFIG, buffer);
    p.put(prefix + ProducerConfig.COMPRESSION_TYPE_CONFIG, config.compression());
    p.putIfAbsent(
        prefix + ProducerConfig.LINGER_MS_CONFIG,
        passThrough.getOrDefault(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(LINGER_MS)));
  }

  private static void readsCommitted(Map<String, Object> p) {
    p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    p.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
  }

  private static void fetchLimits(Map<String, Object> p, String prefix) {
    p.put(prefix + ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MESSAGE_MAX_BYTES);
    p.put(prefix + ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * Topics.MESSAGE_MAX_BYTES);
  }
}
