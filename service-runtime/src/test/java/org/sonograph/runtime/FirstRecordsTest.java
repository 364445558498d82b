package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.Topics;

class FirstRecordsTest {
  private static final String TOPIC = Topics.SPECTROGRAM_IMAGES.name();
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final FirstRecords first = new FirstRecords(consumer);

  @Test
  void tellsAgeAndLengthAndTheMarksBetweenRecords() {
    has(record(7, 1_000, 5), record(9, 1_200, 5));
    first.look(PARTITION, 6);
    assertThat(first.writtenMs(PARTITION, 6)).contains(1_000L);
    assertThat(first.isKnown(PARTITION, 6)).isTrue();
    assertThat(first.seconds(TOPIC)).hasValue(5);
    assertThat(first.readings(TOPIC)).isEqualTo(2);
    assertThat(first.stride(TOPIC)).isEqualTo(2);
  }

  @Test
  void knowsNothingOfAnotherPlaceNorOfMarksAlone() {
    has();
    first.look(PARTITION, 6);
    assertThat(first.isKnown(PARTITION, 6)).isTrue();
    assertThat(first.writtenMs(PARTITION, 6)).isEqualTo(Optional.empty());
    assertThat(first.isKnown(PARTITION, 7)).isFalse();
    assertThat(first.seconds(TOPIC)).isEmpty();
    assertThat(first.stride(TOPIC)).isEqualTo(1);
  }

  @SafeVarargs
  private void has(ConsumerRecord<byte[], byte[]>... records) {
    consumer.schedulePollTask(
        () -> {
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          List.of(records).forEach(consumer::addRecord);
        });
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, long writtenMs, int seconds) {
    Place place =
        Place.newBuilder()
            .setTake("ab12")
            .setSampleRateHz(48_000)
            .setLengthSamples(seconds * 48_000L + 9_000)
            .setFreshSamples(seconds * 48_000L)
            .build();
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(headers, place, List.of("rgb-mean", "chirp"));
    return new ConsumerRecord<>(
        TOPIC,
        0,
        offset,
        writtenMs,
        TimestampType.CREATE_TIME,
        1,
        1,
        new byte[] {1},
        new byte[] {2},
        headers,
        Optional.empty());
  }
}
