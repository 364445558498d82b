package org.sonograph.gallery;

import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/** Reads a record by its topic and hands it to the collection. */
final class RecordSorter {
  private final Collection collection;
  private final AvroSerde<SpectrogramImage> spectrograms;
  private final AvroSerde<DiffusedImage> arts;
  private final AvroSerde<AudioOutput> sounds;

  RecordSorter(Collection collection, RegistryClient registry) {
    this.collection = collection;
    this.spectrograms = AvroSerde.of(Topics.SPECTROGRAM_IMAGES, registry);
    this.arts = AvroSerde.of(Topics.DIFFUSED_IMAGES, registry);
    this.sounds = AvroSerde.of(Topics.AUDIO_OUTPUTS, registry);
  }

  /**
   * Puts one record into its files.
   *
   * @return its take; empty where nobody wants files of it
   * @throws IOException where a file cannot be written; the record can be put again
   */
  Optional<TakeState> put(ConsumerRecord<byte[], byte[]> record) throws IOException {
    boolean isWanted =
        ChunkHeaders.read(record.headers()).map(ChunkHeaders::isCollected).orElse(true);
    return isWanted ? Optional.of(collect(record)) : Optional.empty();
  }

  private TakeState collect(ConsumerRecord<byte[], byte[]> record) throws IOException {
    String topic = record.topic();
    if (record.value() == null) {
      throw new BadRecordException(
          "no value, expected one ("
              + topic
              + "-"
              + record.partition()
              + "@"
              + record.offset()
              + ")");
    }
    if (topic.equals(Topics.SPECTROGRAM_IMAGES.name())) {
      return collection.accept(spectrograms.read(topic, record.value()));
    }
    if (topic.equals(Topics.DIFFUSED_IMAGES.name())) {
      return collection.accept(arts.read(topic, record.value()));
    }
    return collection.accept(sounds.read(topic, record.value()));
  }

  /** Stable code for the dead letter of a record that cannot be put. */
  static String code(RuntimeException error) {
    return switch (error) {
      case UnreadableValueException e -> "unreadable";
      case BadRecordException e -> "bad-record";
      default -> "not-collected";
    };
  }
}
