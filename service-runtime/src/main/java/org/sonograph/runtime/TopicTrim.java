package org.sonograph.runtime;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * Deletes what every stage that reads a topic has passed.
 *
 * <p>For a broker of our own that lives as long as one job; anywhere else records stay for their
 * retention.
 */
public final class TopicTrim {
  private TopicTrim() {}

  /**
   * Deletes what is passed; where a stage has not begun, nothing.
   *
   * @return number of partitions in which something may have been deleted
   */
  public static int trim(Admin admin) {
    Set<String> topics = new HashSet<>();
    Stages.ALL.forEach(s -> topics.addAll(s.reads()));
    Map<Stages.Stage, Map<TopicPartition, GroupPlaces.At>> places = new HashMap<>();
    Stages.ALL.forEach(s -> places.put(s, GroupPlaces.of(admin, s)));
    Map<TopicPartition, RecordsToDelete> passed = new HashMap<>();
    for (TopicPartition partition : PipelineLag.partitions(admin, topics)) {
      List<Stages.Stage> readers =
          Stages.ALL.stream().filter(s -> s.reads().contains(partition.topic())).toList();
      if (readers.stream().allMatch(s -> places.get(s).containsKey(partition))) {
        long lowest =
            readers.stream().mapToLong(s -> places.get(s).get(partition).next()).min().orElse(0);
        if (lowest > 0) {
          passed.put(partition, RecordsToDelete.beforeOffset(lowest));
        }
      }
    }
    if (!passed.isEmpty()) {
      AdminCall.await(admin.deleteRecords(passed).all(), "deletion of passed records");
    }
    return passed.size();
  }
}
