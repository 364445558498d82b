package org.sonograph.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topic;
import org.sonograph.schemas.Topics;

/** Makes the topics of the catalogue where they do not exist yet; what exists stays as it is. */
public final class TopicSetup {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

  private TopicSetup() {}

  /** Makes all topics and their dead-letter topics. */
  public static void ensure(Admin admin, int partitions, short replication) {
    List<NewTopic> wanted = new ArrayList<>();
    for (Topic<?> topic : Topics.all()) {
      wanted.add(
          new NewTopic(topic.name(), topic.partitions(partitions), replication)
              .configs(settings(topic)));
      wanted.add(
          new NewTopic(Topics.deadLetter(topic.name()), 1, replication)
              .configs(deadLetterSettings()));
    }
    CreateTopicsResult result = admin.createTopics(wanted);
    List<String> made = new ArrayList<>();
    for (NewTopic topic : wanted) {
      if (wasMade(result, topic.name())) {
        made.add(topic.name());
      }
    }
    if (!made.isEmpty()) {
      LOG.info("made topics {}", made);
    }
  }

  /**
   * Says how long records are kept from now on, on topics that were made before too.
   *
   * @param most no topic keeps them longer; empty = as long as each is made for
   */
  public static void retain(Admin admin, Optional<Duration> most) {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (Topic<?> topic : Topics.all()) {
      if (topic.cleanup() == Topic.Cleanup.DELETE) {
        long own = topic.retention().toMillis();
        long kept = Math.min(own, most.map(Duration::toMillis).orElse(own));
        ConfigEntry entry = new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept));
        changes.put(
            new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
            List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET)));
      }
    }
    AdminCall.await(admin.incrementalAlterConfigs(changes).all(), "how long topics keep records");
  }

  /**
   * Demands of the registry that every version of every record reads and is read by every other.
   */
  public static void ensureCompatibility(RegistryClient registry) {
    Topics.all().forEach(t -> registry.requireFullTransitive(t.subject()));
  }

  static Map<String, String> settings(Topic<?> topic) {
    String size = Integer.toString(Topics.MESSAGE_MAX_BYTES);
    String kept = Long.toString(topic.retention().toMillis());
    return switch (topic.cleanup()) {
      case DELETE ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
              TopicConfig.RETENTION_MS_CONFIG, kept,
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG, size);
      case COMPACT ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
              TopicConfig.DELETE_RETENTION_MS_CONFIG, kept,
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG, size);
    };
  }

  private static Map<String, String> deadLetterSettings() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG, Long.toString(Topics.DEAD_LETTER_RETENTION.toMillis()),
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MESSAGE_MAX_BYTES));
  }

  private static boolean wasMade(CreateTopicsResult result, String name) {
    try {
      result.values().get(name).get();
      return true;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw new KafkaException(
          "topic " + name + " cannot be made: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
