package org.sonograph.launcher.journey;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Hop;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.TraceContext;

/**
 * A record about a chunk, as it was found.
 *
 * @param at where it lies
 * @param writtenMs when it was written, as well as that is known
 * @param trace its place in a trace
 * @param hop who wrote it, and when what happened
 * @param about which chunk of which source it is about
 * @param contents what its value says
 */
record Sighting(
    At at,
    long writtenMs,
    Optional<TraceContext> trace,
    Optional<Hop> hop,
    Optional<ChunkHeaders> about,
    Contents contents) {

  /** Place and size of a record, bytes of key and value. */
  record At(String topic, int partition, long offset, int bytes) {
    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  /**
   * What a value says, as far as it could be read.
   *
   * @param reading name of the reading of a terminal record
   * @param model model that painted
   * @param paintingSeconds time the device took
   * @param failure why there is nothing else in it
   */
  record Contents(String reading, String model, double paintingSeconds, Optional<Failure> failure) {
    static final Contents UNKNOWN = new Contents("", "", 0, Optional.empty());
  }

  static Sighting of(ConsumerRecord<byte[], byte[]> record, Contents contents) {
    Optional<Hop> hop = Hop.read(record.headers());
    int bytes = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    return new Sighting(
        new At(record.topic(), record.partition(), record.offset(), bytes),
        hop.map(h -> h.times().written()).filter(ms -> ms > 0).orElse(record.timestamp()),
        TraceContext.read(record.headers()),
        hop,
        ChunkHeaders.read(record.headers()),
        contents);
  }

  boolean isDeadLetter() {
    return Topics.isDeadLetter(at.topic());
  }

  boolean isTerminal() {
    return at.topic().equals(Topics.AUDIO_OUTPUTS.name());
  }
}
