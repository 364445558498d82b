import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topics;

/**
 * Counts the terminal records of a cluster from its topic alone: of every reading of every take, each chunk must be there
 * once, up to the one that says it is the last. Prints a line of JSON; ends with 1 where something is missing, twice or
 * silent. Usage: CountOutputs BOOTSTRAP REGISTRY
 */
class CountOutputs {
  private static final Duration QUIET = Duration.ofSeconds(3);

  public static void main(String[] args) throws Exception {
    Map<String, TreeMap<Long, Integer>> chunks = new TreeMap<>();
    Map<String, Long> last = new HashMap<>();
    long failures = 0;
    Map<String, Object> settings =
        Map.of("bootstrap.servers", args[0], "group.id", UUID.randomUUID().toString(), "isolation.level", "read_committed",
            "auto.offset.reset", "earliest", "enable.auto.commit", "false", "max.partition.fetch.bytes", Topics.MESSAGE_MAX_BYTES);
    try (RegistryClient registry = RegistryClient.connect(Map.of("schema.registry.url", args[1]));
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      AvroSerde<AudioOutput> serde = AvroSerde.of(Topics.AUDIO_OUTPUTS, registry);
      List<TopicPartition> parts =
          consumer.partitionsFor(Topics.AUDIO_OUTPUTS.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(parts);
      consumer.seekToBeginning(parts);
      Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
      while (parts.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(QUIET)) {
          AudioOutput output = serde.read(record.topic(), record.value());
          String key = output.getPlace().getTake() + " " + output.getReading();
          long chunk = output.getPlace().getChunk();
          chunks.computeIfAbsent(key, k -> new TreeMap<>()).merge(chunk, 1, Integer::sum);
          if (output.getLast()) {
            last.put(key, chunk);
          }
          failures += output.getFailure() == null ? 0 : 1;
        }
      }
    }
    long records = 0;
    long missing = 0;
    long twice = 0;
    for (Map.Entry<String, TreeMap<Long, Integer>> one : chunks.entrySet()) {
      long expected = last.getOrDefault(one.getKey(), one.getValue().lastKey() + 1) + 1;
      records += one.getValue().values().stream().mapToInt(n -> n).sum();
      missing += expected - one.getValue().size();
      twice += one.getValue().values().stream().filter(n -> n > 1).count();
    }
    System.out.printf(
        "{\"readings\": %d, \"closed\": %d, \"records\": %d, \"missing\": %d, \"twice\": %d, \"silent\": %d}%n",
        chunks.size(), last.size(), records, missing, twice, failures);
    System.exit(missing + twice + failures == 0 && last.size() == chunks.size() ? 0 : 1);
  }
}
