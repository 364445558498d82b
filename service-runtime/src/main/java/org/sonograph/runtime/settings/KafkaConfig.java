package org.sonograph.runtime.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * Settings of all Kafka clients; any further client property goes under {@code
 * sonograph.kafka.client.}.
 */
@ConfigMapping(prefix = "sonograph.kafka")
public interface KafkaConfig {
  @Setting(doc = "broker addresses, separated by commas")
  @WithDefault("localhost:9092")
  String bootstrapServers();

  @Setting(doc = "partitions of a topic made at start", min = 1, max = 10_000)
  @WithDefault("12")
  int partitions();

  @Setting(doc = "copies of every partition of a topic made at start", min = 1, max = 15)
  @WithDefault("1")
  short replicationFactor();

  @Setting(
      doc = "compression of what is sent",
      oneOf = {"none", "lz4", "gzip", "snappy", "zstd"})
  @WithDefault("lz4")
  String compression();

  @Setting(
      doc = "memory for records on their way to the broker, per producer",
      unit = "MiB",
      min = 20,
      max = 4096)
  @WithDefault("64")
  int sendBufferMib();

  @Setting(
      doc = "time between commits of a stream; each hop waits up to this long",
      unit = "ms",
      min = 10,
      max = 60_000)
  @WithDefault("100")
  int commitIntervalMs();

  @Setting(
      doc = "longest step of a stream; a killed instance blocks its readers for this long",
      unit = "ms",
      min = 5_000,
      max = 900_000)
  @WithDefault("60000")
  int transactionTimeoutMs();

  @Setting(
      doc = "silence after which a group gives a member's partitions to another",
      unit = "ms",
      min = 6_000,
      max = 300_000)
  @WithDefault("15000")
  int sessionTimeoutMs();

  @Setting(doc = "threads of each stream", min = 1, max = 256)
  @WithDefault("1")
  int streamThreads();

  @Setting(doc = "folder of the streams' stores; empty = the user's state folder")
  Optional<String> stateDir();

  @Setting(doc = "name of this instance that survives a restart, which then needs no rebalance")
  Optional<String> instanceId();
}
