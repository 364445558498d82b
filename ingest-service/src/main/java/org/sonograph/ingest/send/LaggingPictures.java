package org.sonograph.ingest.send;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
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
 * notebook takes, several). What is decoded and waits to be assembled counts by its records, one a
 * reading: where the decoder goes ahead of the assembler, sound would pile up on the broker's disk.
 * Nothing behind the assembler counts.
 */
public final class LaggingPictures implements PictureCount {
  private static final String COUNT = "count of pictures";

  /** Marks of commits, after the last record of a partition, that may be left for good. */
  private static final int MARKS_LEFT = 4;

  private final Admin admin;

  public LaggingPictures(Admin admin) {
    this.admin = admin;
  }

  @Override
  public Pictures count() {
    Map<TopicPartition, Place> decoder = committed(Groups.DECODER);
    Set<String> decoded =
        decoder.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    decoded.remove(Topics.DIFFUSED_IMAGES.name());
    long unpainted =
        sum(left(Topics.AUDIO_CHUNKS.name(), committed(Groups.SPECTROGRAM)))
            + sum(left(Topics.SPECTROGRAM_IMAGES.name(), shared(Groups.DIFFUSION)));
    long painted =
        plainOrInTransactions(left(Topics.DIFFUSED_IMAGES.name(), decoder))
            + decoded.stream().mapToLong(topic -> inTransactions(left(topic, decoder))).sum();
    return new Pictures(unpainted, painted);
  }

  /** Where a group stands in a partition, and how much is left where the broker says so itself. */
  private record Place(long next, OptionalLong lag) {}

  private static long sum(Collection<Long> offsets) {
    return offsets.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Records among offsets, by partition, at the ends of which a mark of a commit may be left: what
   * nobody paints, such as a live stream's stand-ins, comes in transactions. Of one record it is
   * not known whether it is one.
   */
  static long plainOrInTransactions(Collection<Long> offsets) {
    return offsets.stream().mapToLong(left -> Math.max(0, left - 1)).sum();
  }

  /** Records among offsets, by partition, of which a commit after each record takes every other. */
  static long inTransactions(Collection<Long> offsets) {
    return offsets.stream().mapToLong(left -> Math.max(0, left - MARKS_LEFT) / 2).sum();
  }

  /** How many offsets each partition has left for a group. */
  private Collection<Long> left(String topic, Map<TopicPartition, Place> places) {
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
    List<Long> left = new ArrayList<>();
    for (TopicPartition partition : last.keySet()) {
      Place place = places.getOrDefault(partition, new Place(0, OptionalLong.empty()));
      long from = Math.max(place.next(), starts.get(partition).offset());
      left.add(place.lag().orElse(Math.max(0, ends.get(partition).offset() - from)));
    }
    return left;
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
