package org.sonograph.spectrogram;

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
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Topics;

/**
 * What a notebook picture needs until its last chunk, keyed by take.
 *
 * @param open how far each unfinished take has come
 * @param about a chunk without its sound: source and interpretation
 * @param columns channel-mean power columns of each chunk, keyed by {@link #chunkKey}
 * @param closed when a finished take was closed, milliseconds since 1970
 */
record NotebookStores(
    KeyValueStore<String, byte[]> open,
    KeyValueStore<String, AudioChunk> about,
    KeyValueStore<String, byte[]> columns,
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

  private static final String OPEN = "notebook-open";
  private static final String ABOUT = "notebook-about";
  private static final String COLUMNS = "notebook-columns";
  private static final String CLOSED = "notebook-closed";

  static NotebookStores of(ProcessorContext<?, ?> context) {
    return new NotebookStores(
        context.getStateStore(OPEN),
        context.getStateStore(ABOUT),
        context.getStateStore(COLUMNS),
        context.getStateStore(CLOSED));
  }

  static Set<StoreBuilder<?>> builders(Serde<AudioChunk> chunks) {
    return Set.of(
        builder(OPEN, Serdes.ByteArray()),
        builder(ABOUT, chunks),
        builder(COLUMNS, Serdes.ByteArray()),
        builder(CLOSED, Serdes.Long()));
  }

  private static <V> StoreBuilder<? extends StateStore> builder(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withLoggingEnabled(CHANGELOG);
  }

  static String chunkKey(String take, long chunk) {
    return take + "/%019d".formatted(chunk);
  }

  void dropColumns(String take, long chunks) {
    for (long chunk = 0; chunk < chunks; chunk++) {
      columns.delete(chunkKey(take, chunk));
    }
  }

  /** Forgets all of a take but that it was closed. */
  void close(String take, long chunks, long nowMs) {
    dropColumns(take, chunks);
    open.delete(take);
    about.delete(take);
    closed.put(take, nowMs);
  }
}
