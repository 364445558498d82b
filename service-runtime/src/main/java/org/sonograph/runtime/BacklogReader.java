package org.sonograph.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.sonograph.schemas.Topics;

/** Reads what waits for each stage: how much, how long already, and how long it may. */
final class BacklogReader implements AutoCloseable {
  private static final double MS_A_SECOND = 1000;

  private final Admin admin;
  private final FirstRecords first;

  /**
   * What waits for a stage.
   *
   * @param chunks chunks, by what is known of the marks between records
   * @param audioSeconds their sound; NaN before any was looked at
   * @param ageSeconds age of the oldest one looked at
   * @param retentionSeconds age at which the broker deletes it
   */
  record StageBacklog(
      double chunks, double audioSeconds, double ageSeconds, double retentionSeconds) {}

  /** The fullest disk of all brokers, bytes. */
  record Disk(double free, double total) {}

  BacklogReader(Admin admin, FirstRecords first) {
    this.admin = admin;
    this.first = first;
  }

  /** Backlogs by the name of the stage. */
  Map<String, StageBacklog> read(long nowMs) {
    Map<String, Double> retention = retentionSeconds();
    Map<Stages.Stage, List<PipelineLag.PartitionLag>> lags =
        PipelineLag.byPartition(admin).stream()
            .filter(lag -> lag.partition().topic().equals(lag.stage().main()))
            .filter(lag -> lag.offsets() > 0)
            .collect(Collectors.groupingBy(PipelineLag.PartitionLag::stage));
    Map<String, StageBacklog> backlogs = new HashMap<>();
    for (Stages.Stage stage : Stages.ALL) {
      backlogs.put(
          stage.name(),
          backlog(
              stage.main(),
              lags.getOrDefault(stage, List.of()),
              retention.getOrDefault(stage.main(), Double.POSITIVE_INFINITY),
              nowMs));
    }
    return backlogs;
  }

  private StageBacklog backlog(
      String topic, List<PipelineLag.PartitionLag> lags, double retention, long nowMs) {
    lags.stream()
        .filter(lag -> !first.isKnown(lag.partition(), lag.next()))
        .findAny()
        .ifPresent(lag -> first.look(lag.partition(), lag.next()));
    double stride = first.stride(topic);
    double records = 0;
    double oldest = 0;
    for (PipelineLag.PartitionLag lag : lags) {
      TopicPartition partition = lag.partition();
      var written = first.writtenMs(partition, lag.next());
      if (first.isKnown(partition, lag.next()) && written.isEmpty()) {
        continue; // nothing but the mark of a commit
      }
      records += lag.records(stride);
      oldest = Math.max(oldest, written.map(at -> (nowMs - at) / MS_A_SECOND).orElse(0.0));
    }
    double chunks = records / (isOneRecordAReading(topic) ? first.readings(topic) : 1);
    OptionalDouble each = first.seconds(topic);
    double audio = chunks == 0 ? 0 : chunks * each.orElse(Double.NaN);
    return new StageBacklog(chunks, audio, oldest, retention);
  }

  private static boolean isOneRecordAReading(String topic) {
    return topic.equals(Topics.AUDIO_OUTPUTS.name());
  }

  private Map<String, Double> retentionSeconds() {
    Set<String> topics = Stages.ALL.stream().map(Stages.Stage::main).collect(Collectors.toSet());
    List<ConfigResource> resources =
        topics.stream().map(t -> new ConfigResource(ConfigResource.Type.TOPIC, t)).toList();
    Map<ConfigResource, Config> found =
        AdminCall.await(admin.describeConfigs(resources).all(), "retention of topics");
    Map<String, Double> seconds = new HashMap<>();
    found.forEach(
        (resource, config) -> {
          ConfigEntry entry = config.get(TopicConfig.RETENTION_MS_CONFIG);
          long ms = entry == null ? -1 : Long.parseLong(entry.value());
          seconds.put(resource.name(), ms < 0 ? Double.POSITIVE_INFINITY : ms / MS_A_SECOND);
        });
    return seconds;
  }

  /** The broker's disk that is fullest; NaN where brokers do not tell. */
  Disk disk() {
    List<Integer> brokers =
        AdminCall.await(admin.describeCluster().nodes(), "brokers").stream().map(Node::id).toList();
    Disk fullest = new Disk(Double.NaN, Double.NaN);
    for (Map<String, LogDirDescription> folders :
        AdminCall.await(admin.describeLogDirs(brokers).allDescriptions(), "disks of brokers")
            .values()) {
      for (LogDirDescription folder : folders.values()) {
        if (folder.totalBytes().isPresent() && folder.usableBytes().isPresent()) {
          Disk disk = new Disk(folder.usableBytes().getAsLong(), folder.totalBytes().getAsLong());
          boolean isFuller = !(fullest.free() / fullest.total() <= disk.free() / disk.total());
          fullest = isFuller ? disk : fullest;
        }
      }
    }
    return fullest;
  }

  @Override
  public void close() {
    first.close();
  }
}
