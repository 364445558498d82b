package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topics;

@Timeout(30)
class TerminalWatchTest {
  private static final String TOPIC = Topics.AUDIO_OUTPUTS.name();
  private static final String TAKE = "e4276b0d4e9324ca0f08";
  private static final int PARTITIONS = 12;

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");

  private final TerminalWatch.Watched stream =
      new TerminalWatch.Watched() {
        @Override
        public boolean hasLadder() {
          return true;
        }

        @Override
        public String take() {
          return TAKE;
        }

        @Override
        public void heard(AudioOutput output, long nowMs) {
          throw new AssertionError("nothing is written");
        }
      };

  /** Where a producer puts a record of the take, by Kafka's own rule. */
  private static TopicPartition written() {
    byte[] key = TAKE.getBytes(StandardCharsets.UTF_8);
    return new TopicPartition(TOPIC, BuiltInPartitioner.partitionForKey(key, PARTITIONS));
  }

  @Test
  void readsWhereTheTakeEnds() throws Exception {
    consumer.updatePartitions(
        TOPIC,
        IntStream.range(0, PARTITIONS)
            .mapToObj(p -> new PartitionInfo(TOPIC, p, null, null, null))
            .toList());
    consumer.updateEndOffsets(
        IntStream.range(0, PARTITIONS)
            .mapToObj(p -> new TopicPartition(TOPIC, p))
            .collect(Collectors.toMap(p -> p, p -> 0L)));
    AvroSerde<AudioOutput> serde = AvroSerde.of(Topics.AUDIO_OUTPUTS, RegistryClient.inMemory());
    TerminalWatch watch = new TerminalWatch(consumer, serde, () -> List.of(stream));
    while (consumer.assignment().isEmpty()) {
      Thread.sleep(10);
    }
    Set<TopicPartition> read = Set.copyOf(consumer.assignment());
    watch.close();
    assertThat(read).containsExactly(written());
  }
}
