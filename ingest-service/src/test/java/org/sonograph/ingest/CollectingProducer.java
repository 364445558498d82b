package org.sonograph.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topics;

/** A producer that acknowledges at once, hands every chunk on and keeps nothing else. */
class CollectingProducer extends MockProducer<String, byte[]> {
  final AvroSerde<AudioChunk> serde = AvroSerde.of(Topics.AUDIO_CHUNKS, RegistryClient.inMemory());
  final List<AudioChunk> chunks = new ArrayList<>();
  private final Consumer<AudioChunk> each;
  private boolean keeping = true;

  CollectingProducer() {
    this(chunk -> {});
  }

  /** Hands every chunk to {@code each} before it is kept; what that throws fails the send. */
  CollectingProducer(Consumer<AudioChunk> each) {
    super(cluster(), true, null, new StringSerializer(), new ByteArraySerializer());
    this.each = each;
  }

  private static Cluster cluster() {
    List<PartitionInfo> partitions =
        IntStream.range(0, 12)
            .mapToObj(
                p ->
                    new PartitionInfo(
                        Topics.AUDIO_CHUNKS.name(), p, Node.noNode(), new Node[0], new Node[0]))
            .toList();
    return new Cluster("test", List.of(), partitions, Set.of(), Set.of());
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<String, byte[]> record, Callback callback) {
    AudioChunk chunk = serde.read(record.topic(), record.value());
    each.accept(chunk);
    if (keeping) {
      chunks.add(chunk);
    }
    Future<RecordMetadata> answer = super.send(record, callback);
    clear();
    return answer;
  }

  /** For sounds that would fill the memory. */
  void keepNothing() {
    keeping = false;
  }
}
