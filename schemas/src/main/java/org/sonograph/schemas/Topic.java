package org.sonograph.schemas;

import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic of the catalogue.
 *
 * @param name name on the broker
 * @param valueType generated class of the values
 * @param keying what the keys say
 * @param retention how long records are kept; on a compacted topic, how long a tombstone is
 * @param cleanup what happens to old records
 */
public record Topic<V extends SpecificRecord>(
    String name, Class<V> valueType, Keying keying, Duration retention, Cleanup cleanup) {

  /** What the broker does with old records. */
  public enum Cleanup {
    /** Deletes what is older than the retention. */
    DELETE,
    /** Keeps the newest record of every key; such a topic has one partition. */
    COMPACT
  }

  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

  public Topic {
    if (!LEGAL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "topic name='" + name + "', expected " + LEGAL.pattern() + ": rename it in Topics");
    }
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException(
          "retention=" + retention + ", expected more than zero (topic=" + name + ")");
    }
  }

  /** Subject of the values in the schema registry (Confluent's TopicNameStrategy). */
  public String subject() {
    return subjectOf(name);
  }

  /**
   * Number of partitions when the cluster is set up with {@code configured} for ordinary topics.
   */
  public int partitions(int configured) {
    return cleanup == Cleanup.COMPACT ? 1 : configured;
  }

  static String subjectOf(String topicName) {
    return topicName + "-value";
  }
}
