package org.sonograph.runtime;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.sonograph.schemas.Topics;

/**
 * How many records have gone through the pipeline, from offsets of the topics whose offsets are
 * records: those written without transactions. Only differences of two counts mean something.
 *
 * @param sent chunks that ingest sent
 * @param drawn chunks that spectrogram-service took
 * @param painted pictures that workers sent
 * @param decoded pictures that decoder-service took
 * @param recent pictures painted lately
 * @param newestChunkMs when the newest chunk was sent, milliseconds since 1970; 0 = none is there
 */
public record PipelineCounts(
    long sent, long drawn, long painted, long decoded, Recent recent, long newestChunkMs) {

  /**
   * Pictures painted since a moment.
   *
   * @param count how many
   * @param firstMs when the first of them was sent; 0 where there is none
   * @param newestMs when the newest of all was sent; 0 where none is there
   */
  public record Recent(long count, long firstMs, long newestMs) {}

  /** Counts now. */
  public static PipelineCounts read(Admin admin, long recentSinceMs) {
    Set<TopicPartition> chunks = partitions(admin, Topics.AUDIO_CHUNKS.name());
    Set<TopicPartition> arts = partitions(admin, Topics.DIFFUSED_IMAGES.name());
    Map<TopicPartition, ListOffsetsResultInfo> painted = offsets(admin, arts, OffsetSpec.latest());
    Map<TopicPartition, ListOffsetsResultInfo> since =
        offsets(admin, arts, OffsetSpec.forTimestamp(recentSinceMs));
    long recent =
        since.entrySet().stream()
            .filter(e -> e.getValue().offset() >= 0)
            .mapToLong(e -> painted.get(e.getKey()).offset() - e.getValue().offset())
            .sum();
    return new PipelineCounts(
        sum(offsets(admin, chunks, OffsetSpec.latest())),
        committed(admin, Groups.SPECTROGRAM, chunks),
        sum(painted),
        committed(admin, Groups.DECODER, arts),
        new Recent(recent, earliestMs(since), newestMs(admin, arts)),
        newestMs(admin, chunks));
  }

  private static Set<TopicPartition> partitions(Admin admin, String topic) {
    return PipelineLag.partitions(admin, Set.of(topic));
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin admin, Set<TopicPartition> partitions, OffsetSpec which) {
    return AdminCall.await(
        admin
            .listOffsets(
                partitions.stream().collect(Collectors.toMap(p -> p, p -> which)),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
            .all(),
        "places in topics");
  }

  private static long sum(Map<TopicPartition, ListOffsetsResultInfo> offsets) {
    return offsets.values().stream().mapToLong(ListOffsetsResultInfo::offset).sum();
  }

  private static long earliestMs(Map<TopicPartition, ListOffsetsResultInfo> offsets) {
    return offsets.values().stream()
        .filter(info -> info.offset() >= 0)
        .mapToLong(ListOffsetsResultInfo::timestamp)
        .min()
        .orElse(0);
  }

  private static long newestMs(Admin admin, Set<TopicPartition> partitions) {
    return offsets(admin, partitions, OffsetSpec.maxTimestamp()).values().stream()
        .mapToLong(ListOffsetsResultInfo::timestamp)
        .filter(ms -> ms > 0)
        .max()
        .orElse(0);
  }

  private static long committed(Admin admin, String group, Set<TopicPartition> partitions) {
    Stages.Stage stage =
        Stages.ALL.stream().filter(s -> s.group().equals(group)).findFirst().orElseThrow();
    return GroupPlaces.of(admin, stage).entrySet().stream()
        .filter(e -> partitions.contains(e.getKey()))
        .mapToLong(e -> e.getValue().next())
        .sum();
  }
}
