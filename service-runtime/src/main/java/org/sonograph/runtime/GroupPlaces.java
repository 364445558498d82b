package org.sonograph.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Where groups stand. */
final class GroupPlaces {
  /**
   * Place of a group in a partition.
   *
   * @param next offset of the first record not finished
   * @param lag records not finished, as the broker counts them; empty where it does not
   */
  record At(long next, OptionalLong lag) {}

  private GroupPlaces() {}

  /** Places by partition; a partition where the group has not begun is absent. */
  static Map<TopicPartition, At> of(Admin admin, Stages.Stage stage) {
    try {
      return switch (stage.kind()) {
        case OFFSETS -> offsets(admin, stage.group());
        case SHARE -> shared(admin, stage.group());
      };
    } catch (GroupIdNotFoundException e) {
      return Map.of();
    }
  }

  private static Map<TopicPartition, At> offsets(Admin admin, String group) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        AdminCall.await(
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
            "place of group " + group);
    Map<TopicPartition, At> places = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            places.put(partition, new At(offset.offset(), OptionalLong.empty()));
          }
        });
    return places;
  }

  private static Map<TopicPartition, At> shared(Admin admin, String group) {
    Map<TopicPartition, SharePartitionOffsetInfo> offsets =
        AdminCall.await(
            admin
                .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group),
            "place of share group " + group);
    Map<TopicPartition, At> places = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null && offset.startOffset() >= 0) {
            OptionalLong lag = offset.lag().map(OptionalLong::of).orElse(OptionalLong.empty());
            places.put(partition, new At(offset.startOffset(), lag));
          }
        });
    return places;
  }
}
