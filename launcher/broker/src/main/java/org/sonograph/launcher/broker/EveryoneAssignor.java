package org.sonograph.launcher.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.api.assignor.GroupAssignment;
import org.apache.kafka.coordinator.group.api.assignor.GroupSpec;
import org.apache.kafka.coordinator.group.api.assignor.MemberAssignment;
import org.apache.kafka.coordinator.group.api.assignor.PartitionAssignorException;
import org.apache.kafka.coordinator.group.api.assignor.ShareGroupPartitionAssignor;
import org.apache.kafka.coordinator.group.api.assignor.SubscribedTopicDescriber;

/**
 * Gives every partition to every member of a share group, so that no worker waits while there is a
 * picture, and no picture for a dead worker's session. Kafka's own gives each to as few as it can.
 */
public final class EveryoneAssignor implements ShareGroupPartitionAssignor {
  private record Partitions(Map<Uuid, Set<Integer>> partitions) implements MemberAssignment {}

  @Override
  public String name() {
    return "everyone";
  }

  @Override
  public GroupAssignment assign(GroupSpec group, SubscribedTopicDescriber topics) {
    Map<Uuid, Set<Integer>> known = new HashMap<>();
    Map<String, MemberAssignment> members = new HashMap<>();
    for (String member : group.memberIds()) {
      Map<Uuid, Set<Integer>> own = new HashMap<>();
      for (Uuid topic : group.memberSubscription(member).subscribedTopicIds()) {
        own.put(topic, known.computeIfAbsent(topic, t -> partitions(t, group, topics)));
      }
      members.put(member, new Partitions(own));
    }
    return new GroupAssignment(members);
  }

  private static Set<Integer> partitions(
      Uuid topic, GroupSpec group, SubscribedTopicDescriber topics) {
    int count = topics.numPartitions(topic);
    if (count < 0) {
      throw new PartitionAssignorException("topic " + topic + " is subscribed to and not there");
    }
    Set<Integer> assignable = new TreeSet<>();
    for (int partition = 0; partition < count; partition++) {
      if (group.isPartitionAssignable(topic, partition)) {
        assignable.add(partition);
      }
    }
    return assignable;
  }
}
