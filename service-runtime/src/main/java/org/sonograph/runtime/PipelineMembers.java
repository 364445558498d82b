package org.sonograph.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.sonograph.schemas.Hop;

/** Which processes work for each stage, from the members of its group. */
public final class PipelineMembers {
  private static final String STREAM_THREAD = "-StreamThread-";
  private static final char LANE = '#';

  private PipelineMembers() {}

  /** Processes by the name of their stage, in the order of the pipeline. */
  public static SequencedMap<String, Set<String>> read(Admin admin) {
    SequencedMap<String, Set<String>> processes = new LinkedHashMap<>();
    for (Stages.Stage stage : Stages.ALL) {
      Set<String> its =
          clients(admin, stage).stream()
              .map(PipelineMembers::process)
              .collect(Collectors.toCollection(TreeSet::new));
      processes.put(stage.name(), its);
    }
    return processes;
  }

  /** Client id of one of several consumers of this process. */
  public static String clientId(int consumer) {
    return Hop.ofThisProcess() + LANE + consumer;
  }

  /** The process behind a client id: consumers of one process count as one. */
  static String process(String clientId) {
    int lane = clientId.lastIndexOf(LANE);
    int thread = clientId.indexOf(STREAM_THREAD);
    int end = lane > 0 ? lane : thread > 0 ? thread : clientId.length();
    return clientId.substring(0, end);
  }

  private static List<String> clients(Admin admin, Stages.Stage stage) {
    try {
      return switch (stage.kind()) {
        case OFFSETS ->
            AdminCall.await(
                    admin.describeConsumerGroups(List.of(stage.group())).all(),
                    "members of group " + stage.group())
                .values()
                .stream()
                .flatMap(group -> group.members().stream())
                .map(member -> member.clientId())
                .toList();
        case SHARE ->
            AdminCall.await(
                    admin.describeShareGroups(List.of(stage.group())).all(),
                    "members of share group " + stage.group())
                .values()
                .stream()
                .flatMap(group -> group.members().stream())
                .map(member -> member.clientId())
                .toList();
      };
    } catch (GroupIdNotFoundException e) {
      return List.of();
    }
  }
}
