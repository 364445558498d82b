package org.sonograph.ingest.send;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.sonograph.runtime.AdminCall;
import org.sonograph.runtime.Groups;
import org.sonograph.schemas.Topics;

/**
 * Counts pictures from the broker's figures: what spectrogram-service, the diffusion workers and
 * decoder-service each have yet to read. These topics hold one record a picture (the first, of
 * notebook takes, several); topics with a record a reading are not counted, nor is anything behind
 * the decoder.
 */
public final class LaggingPictures implements PictureCount {
  private static final String COUNT = "count of pictures";

  private final Admin admin;

  public LaggingPictures(Admin admin) {
    this.admin = admin;
  }

  @Override
  public long notTerminal() {
    return waiting(Topics.AUDIO_CHUNKS.name(), committed(Groups.SPECTROGRAM))
        + waiting(Topics.SPECTROGRAM_IMAGES.name(), shared(Groups.DIFFUSION))
        + waiting(Topics.DIFFUSED_IMAGES.name(), committed(Groups.DECODER));
  }

  /** Where a group stands in a partition, and how much is left where the broker says so itself. */
  private record Place(long next, OptionalLong lag) {}

  private long waiting(String topic, Map<TopicPartition, Place> places) {
    TopicDescription description =
        AdminCall.await(admin.describeTopics(List.of(topic)).topicNameValues().get(topic), COUNT);
    Map<TopicPartition, OffsetSpec> first = new HashMap<>();
    Map<TopicPartition, OffsetSpec> last = new HashMap<>();
    description
        .partitions()
        .forEach(
            p -> {
              first.put(new TopicPartition(topic, p.partition()), OffsetSpec.earliest());
              last.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest());
            });
    var starts = AdminCall.await(admin.listOffsets(first).all(), COUNT);
    var ends = AdminCall.await(admin.listOffsets(last).all(), COUNT);
    long records = 0;
    for (TopicPartition partition : last.keySet()) {
      Place place = places.getOrDefault(partition, new Place(0, OptionalLong.empty()));
      long from = Math.max(place.next(), starts.get(partition).offset());
      records += place.lag().orElse(Math.max(0, ends.get(partition).offset() - from));
    }
    return records;
  }

  private Map<TopicPartition, Place> committed(String group) {
    Map<TopicPartition, Place> places = new HashMap<>();
    try {
      AdminCall.await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), COUNT)
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  places.put(partition, new Place(offset.offset(), OptionalLong.empty()));
                }
              });
    } catch (GroupIdNotFoundException e) {
      return Map.of(); // it has not begun: everything is left
    }
    return places;
  }

  private Map<TopicPartition, Place> shared(String group) {
    Map<TopicPartition, Place> places = new HashMap<>();
    try {
      AdminCall.await(
              admin
                  .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                  .partitionsToOffsetInfo(group),
              COUNT)
          .forEach(
              (partition, offset) -> {
                if (offset != null && offset.startOffset() >= 0) {
                  OptionalLong lag =
                      offset.lag().map(OptionalLong::of).orElse(OptionalLong.empty());
                  places.put(partition, new Place(offset.startOffset(), lag));
                }
              });
    } catch (GroupIdNotFoundException e) {
      return Map.of();
    }
    return places;
  }
}
