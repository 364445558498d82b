package org.sonograph.launcher.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.api.assignor.GroupAssignment;
import org.apache.kafka.coordinator.group.api.assignor.GroupSpec;
import org.apache.kafka.coordinator.group.api.assignor.MemberAssignment;
import org.apache.kafka.coordinator.group.api.assignor.MemberSubscription;
import org.apache.kafka.coordinator.group.api.assignor.PartitionAssignorException;
import org.apache.kafka.coordinator.group.api.assignor.SubscribedTopicDescriber;
import org.apache.kafka.coordinator.group.api.assignor.SubscriptionType;
import org.junit.jupiter.api.Test;

class EveryoneAssignorTest {
  private static final Uuid PICTURES = Uuid.randomUuid();
  private static final Uuid OTHER = Uuid.randomUuid();

  /** A group whose partition 2 is not set up yet. */
  private record Group(Map<String, Set<Uuid>> members) implements GroupSpec {
    @Override
    public Collection<String> memberIds() {
      return members.keySet();
    }

    @Override
    public SubscriptionType subscriptionType() {
      return SubscriptionType.HETEROGENEOUS;
    }

    @Override
    public boolean isPartitionAssigned(Uuid topic, int partition) {
      return false;
    }

    @Override
    public boolean isPartitionAssignable(Uuid topic, int partition) {
      return partition != 2;
    }

    @Override
    public MemberSubscription memberSubscription(String member) {
      return new MemberSubscription() {
        @Override
        public Optional<String> rackId() {
          return Optional.empty();
        }

        @Override
        public Optional<String> instanceId() {
          return Optional.empty();
        }

        @Override
        public Set<Uuid> subscribedTopicIds() {
          return members.get(member);
        }
      };
    }

    @Override
    public MemberAssignment memberAssignment(String member) {
      return Map::of;
    }
  }

  /** So many partitions has each topic; -1 = it is not there. */
  private static SubscribedTopicDescriber each(int partitions) {
    return new SubscribedTopicDescriber() {
      @Override
      public int numPartitions(Uuid topic) {
        return partitions;
      }

      @Override
      public Set<String> racksForPartition(Uuid topic, int partition) {
        return Set.of();
      }
    };
  }

  @Test
  void everyMemberGetsAllPartitionsOfItsTopicsThatAreSetUp() {
    Group group = new Group(Map.of("a", Set.of(PICTURES), "b", Set.of(PICTURES, OTHER)));

    GroupAssignment assignment = new EveryoneAssignor().assign(group, each(4));

    Set<Integer> all = Set.of(0, 1, 3);
    assertThat(assignment.members().get("a").partitions()).isEqualTo(Map.of(PICTURES, all));
    assertThat(assignment.members().get("b").partitions())
        .isEqualTo(Map.of(PICTURES, all, OTHER, all));
  }

  @Test
  void saysWhichTopicIsNotThere() {
    Group group = new Group(Map.of("a", Set.of(PICTURES)));

    assertThatThrownBy(() -> new EveryoneAssignor().assign(group, each(-1)))
        .isInstanceOf(PartitionAssignorException.class)
        .hasMessageContaining(PICTURES.toString());
  }
}
