package org.sonograph.launcher.journey;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.sonograph.ingest.send.SentLedger;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.RegistryUnavailableException;
import org.sonograph.schemas.TakeEvent;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/** The takes that ingest has sent, from the small control topic. */
public final class KnownTakes {
  private static final String SENT = SentLedger.KIND + "/";

  private final Map<String, LongSupplier> chunks;

  private KnownTakes(Map<String, LongSupplier> chunks) {
    this.chunks = chunks;
  }

  /** Takes with the number of chunks sent. */
  static KnownTakes of(Map<String, LongSupplier> chunks) {
    return new KnownTakes(new TreeMap<>(chunks));
  }

  /** Reads the topic to its present end; the registry is asked where a number is. */
  public static KnownTakes read(Consumer<byte[], byte[]> consumer, RegistryClient registry) {
    AvroSerde<TakeEvent> serde = AvroSerde.of(Topics.CONTROL, registry);
    Map<String, LongSupplier> chunks = new HashMap<>();
    Stretches stretches = new Stretches(consumer);
    stretches.read(
        stretches.all(Topics.CONTROL.name()::equals), 0, record -> note(record, serde, chunks));
    return of(chunks);
  }

  private static void note(
      ConsumerRecord<byte[], byte[]> record,
      AvroSerde<TakeEvent> serde,
      Map<String, LongSupplier> chunks) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!key.startsWith(SENT)) {
      return;
    }
    String take = key.substring(SENT.length());
    if (record.value() == null) {
      chunks.remove(take);
    } else {
      chunks.put(take, () -> sent(record, serde));
    }
  }

  private static long sent(ConsumerRecord<byte[], byte[]> record, AvroSerde<TakeEvent> serde) {
    try {
      return serde.read(record.topic(), record.value()).getChunks();
    } catch (RegistryUnavailableException | UnreadableValueException e) {
      return 0; // the key alone tells that there is such a take
    }
  }

  /** Takes that begin with this. */
  public List<String> beginningWith(String prefix) {
    return chunks.containsKey(prefix)
        ? List.of(prefix)
        : chunks.keySet().stream().filter(t -> t.startsWith(prefix)).toList();
  }

  /** Chunks sent of a take; 0 = not known. */
  public long chunksOf(String take) {
    return chunks.getOrDefault(take, () -> 0).getAsLong();
  }
}
