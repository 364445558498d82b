package org.sonograph.ingest.send;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.sonograph.runtime.AdminCall;
import org.sonograph.runtime.Groups;
import org.sonograph.schemas.Topics;

/** The members of the workers' share group, and the length of what they write. */
public final class BrokerDevices implements KeepBusy.Devices {
  private final Admin admin;

  public BrokerDevices(Admin admin) {
    this.admin = admin;
  }

  @Override
  public long asking() {
    String group = Groups.DIFFUSION;
    try {
      return AdminCall.await(
              admin.describeShareGroups(List.of(group)).describedGroups().get(group),
              "members of share group " + group)
          .members()
          .size();
    } catch (GroupIdNotFoundException e) {
      return 0; // no worker has begun
    }
  }

  @Override
  public long painted() {
    String topic = Topics.DIFFUSED_IMAGES.name();
    int partitions =
        AdminCall.await(
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic),
                "partitions of " + topic)
            .partitions()
            .size();
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, partitions)
            .mapToObj(p -> new TopicPartition(topic, p))
            .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
    return AdminCall.await(admin.listOffsets(ends).all(), "ends of " + topic).values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }
}
