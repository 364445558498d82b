package org.sonograph.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each stage is behind.
 *
 * <p>Offsets are counted, and every commit of a stream takes one too: zero is exact, a figure above
 * it is an upper bound.
 */
public final class PipelineLag {
  /**
   * One stage.
   *
   * @param stage name of its service
   * @param records records waiting for it or under way in it
   */
  public record StageLag(String stage, long records) {}

  private PipelineLag() {}

  /**
   * What one stage has left in one partition.
   *
   * @param next offset of the first record it has not finished
   * @param offsets how many offsets it has left, marks of commits among them
   */
  record PartitionLag(Stages.Stage stage, TopicPartition partition, long next, long offsets) {
    /** Records at most. */
    long records() {
      return PipelineLag.records(partition, offsets);
    }

    /**
     * Records, estimated.
     *
     * @param stride offsets from one record to the next, with the marks between them; at least 1
     */
    long records(double stride) {
      return Stages.WRITTEN_PLAINLY.contains(partition.topic())
          ? offsets
          : Math.round(records() / stride);
    }
  }

  /** Lag of every stage, in the order of the pipeline. */
  public static List<StageLag> read(Admin admin) {
    List<PartitionLag> all = byPartition(admin);
    return Stages.ALL.stream()
        .map(
            stage ->
                new StageLag(
                    stage.name(),
                    all.stream()
                        .filter(l -> l.stage().equals(stage))
                        .mapToLong(PartitionLag::records)
                        .sum()))
        .toList();
  }

  /** What every stage has left in every partition that it reads. */
  static List<PartitionLag> byPartition(Admin admin) {
    Map<Stages.Stage, Map<TopicPartition, GroupPlaces.At>> places = new HashMap<>();
    Set<String> topics = new HashSet<>();
    for (Stages.Stage stage : Stages.ALL) {
      Map<TopicPartition, GroupPlaces.At> at = GroupPlaces.of(admin, stage);
      places.put(stage, at);
      topics.addAll(stage.reads());
      at.keySet().forEach(p -> topics.add(p.topic()));
    }
    Set<TopicPartition> partitions = partitions(admin, topics);
    Map<TopicPartition, Long> first = offsets(admin, partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(admin, partitions, OffsetSpec.latest());
    List<PartitionLag> lags = new ArrayList<>();
    for (Stages.Stage stage : Stages.ALL) {
      for (TopicPartition p : partitions) {
        GroupPlaces.At place = places.get(stage).get(p);
        if (place != null) {
          long next = Math.max(place.next(), first.get(p));
          long offsets = place.lag().orElse(Math.max(0, end.get(p) - next));
          lags.add(new PartitionLag(stage, p, next, offsets));
        } else if (stage.reads().contains(p.topic())) {
          lags.add(new PartitionLag(stage, p, first.get(p), end.get(p) - first.get(p)));
        }
      }
    }
    return lags;
  }

  /** The last offset of what a stream wrote is the mark of a commit and no record. */
  private static long records(TopicPartition partition, long offsets) {
    boolean endsWithMark = !Stages.WRITTEN_PLAINLY.contains(partition.topic());
    return endsWithMark ? Math.max(0, offsets - 1) : offsets;
  }

  static Set<TopicPartition> partitions(Admin admin, Set<String> topics) {
    Set<String> existing =
        topics.stream()
            .filter(AdminCall.await(admin.listTopics().names(), "list of topics")::contains)
            .collect(Collectors.toSet());
    Map<String, TopicDescription> described =
        AdminCall.await(admin.describeTopics(existing).allTopicNames(), "partitions of topics");
    return described.values().stream()
        .flatMap(d -> d.partitions().stream().map(p -> new TopicPartition(d.name(), p.partition())))
        .collect(Collectors.toSet());
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, Set<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked =
        partitions.stream().collect(Collectors.toMap(p -> p, p -> which));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        AdminCall.await(
            admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all(),
            "ends of topics");
    Map<TopicPartition, Long> offsets = new HashMap<>();
    found.forEach((p, info) -> offsets.put(p, info.offset()));
    return offsets;
  }
}
