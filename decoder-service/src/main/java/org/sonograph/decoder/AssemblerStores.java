package org.sonograph.decoder;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.sonograph.schemas.DecodedChunk;
import org.sonograph.schemas.Topics;

/**
 * What the assembler keeps between records. All are keyed by {@link ReadingKey}.
 *
 * @param open how far each unfinished reading of a take has come
 * @param pieces decoded chunks whose turn has not come, keyed by {@link ReadingKey#piece}
 * @param about a chunk without its payload: source and interpretation, for silences
 * @param timelines end of the sound so far: what a seam joins to
 * @param closed when a finished reading was closed, milliseconds since 1970
 */
record AssemblerStores(
    KeyValueStore<String, byte[]> open,
    KeyValueStore<String, DecodedChunk> pieces,
    KeyValueStore<String, DecodedChunk> about,
    KeyValueStore<String, byte[]> timelines,
    KeyValueStore<String, Long> closed) {

  /**
   * Values are large and soon outlived: roll and compact early, or the broker's disk fills with the
   * past.
   */
  private static final Map<String, String> CHANGELOG =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(2 * Topics.PAYLOAD_MAX_BYTES),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
          "0.2");

  private static final String OPEN = "assembler-open";
  private static final String PIECES = "assembler-pieces";
  private static final String ABOUT = "assembler-about";
  private static final String TIMELINES = "assembler-timelines";
  private static final String CLOSED = "assembler-closed";

  static AssemblerStores of(ProcessorContext<?, ?> context) {
    return new AssemblerStores(
        context.getStateStore(OPEN),
        context.getStateStore(PIECES),
        context.getStateStore(ABOUT),
        context.getStateStore(TIMELINES),
        context.getStateStore(CLOSED));
  }

  static Set<StoreBuilder<?>> builders(Serde<DecodedChunk> pieces) {
    return Set.of(
        builder(OPEN, Serdes.ByteArray()),
        builder(PIECES, pieces),
        builder(ABOUT, pieces),
        builder(TIMELINES, Serdes.ByteArray()),
        builder(CLOSED, Serdes.Long()));
  }

  private static <V> StoreBuilder<? extends StateStore> builder(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withLoggingEnabled(CHANGELOG);
  }

  /** Forgets all of a reading but that it was closed. */
  void close(ReadingKey key, OpenReading reading, long nowMs) {
    reading.waitingChunks().forEach(chunk -> pieces.delete(key.piece(chunk)));
    open.delete(key.text());
    about.delete(key.text());
    timelines.delete(key.text());
    closed.put(key.text(), nowMs);
  }
}
