package org.sonograph.launcher.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.Topics;

/** How much sound a chunk stands for, by one of the newest pictures. */
final class ChunkLength {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** The very last offset may be the mark of a commit. */
  private static final int BACK = 2;

  private final Consumer<byte[], byte[]> consumer;
  private double seconds;
  private long readMs;

  ChunkLength(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Seconds a chunk adds to a take; 0 while no picture is there. */
  double seconds(long nowMs) {
    if (seconds == 0 || nowMs - readMs > FRESH.toMillis()) {
      readMs = nowMs;
      look();
    }
    return seconds;
  }

  private void look() {
    String topic = Topics.SPECTROGRAM_IMAGES.name();
    List<TopicPartition> all =
        consumer.listTopics().getOrDefault(topic, List.of()).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    Map<TopicPartition, Long> first = consumer.beginningOffsets(all);
    Map<TopicPartition, Long> end = consumer.endOffsets(all);
    all.stream()
        .filter(p -> end.get(p) > first.get(p))
        .findFirst()
        .ifPresent(
            p -> {
              consumer.assign(List.of(p));
              consumer.seek(p, Math.max(first.get(p), end.get(p) - BACK));
              for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                ChunkHeaders.read(record.headers()).ifPresent(h -> seconds = of(h.toPlace()));
              }
            });
  }

  /**
   * Neighbours overlap, so a chunk adds less than it covers; the first one's start tells nothing.
   */
  static double of(Place place) {
    double samples =
        place.getChunk() > 0
            ? (double) place.getStartSample() / place.getChunk()
            : place.getLengthSamples();
    return place.getSampleRateHz() == 0 ? 0 : samples / place.getSampleRateHz();
  }
}
