package org.sonograph.launcher.journey;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.sonograph.runtime.DeadLetter;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.RegistryUnavailableException;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topic;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/** Reads what records say; without a registry, what their headers say. */
public final class SightingReader {
  private final RegistryClient registry;
  private String trouble = "";

  /** A reader that asks this registry for schemas. */
  public SightingReader(RegistryClient registry) {
    this.registry = registry;
  }

  /** Why values could not be read; empty when all was well. */
  String trouble() {
    return trouble;
  }

  Sighting read(ConsumerRecord<byte[], byte[]> record) {
    if (Topics.isDeadLetter(record.topic())) {
      return Sighting.of(record, contents(cause(record)));
    }
    return Sighting.of(record, value(record).map(SightingReader::contents).orElse(unknown()));
  }

  private static Sighting.Contents unknown() {
    return Sighting.Contents.UNKNOWN;
  }

  private static Failure cause(ConsumerRecord<byte[], byte[]> record) {
    return Failure.newBuilder()
        .setStage(DeadLetter.text(record.headers(), DeadLetter.STAGE).orElse(""))
        .setCode(DeadLetter.text(record.headers(), DeadLetter.CODE).orElse(""))
        .setReason(DeadLetter.text(record.headers(), DeadLetter.MESSAGE).orElse(""))
        .build();
  }

  private Optional<SpecificRecord> value(ConsumerRecord<byte[], byte[]> record) {
    Optional<Topic<?>> topic = Topics.named(record.topic());
    if (topic.isEmpty() || record.value() == null || isRegistryAway()) {
      return Optional.empty();
    }
    try {
      return Optional.of(AvroSerde.of(topic.get(), registry).read(record.topic(), record.value()));
    } catch (RegistryUnavailableException e) {
      trouble = "the schema registry does not answer (" + registry.location() + ")";
    } catch (UnreadableValueException e) {
      return Optional.empty(); // its dead letter says why
    }
    return Optional.empty();
  }

  private boolean isRegistryAway() {
    return !trouble.isEmpty();
  }

  private static Sighting.Contents contents(SpecificRecord value) {
    return switch (value) {
      case AudioChunk chunk -> contents(chunk.getFailure());
      case SpectrogramImage image -> contents(image.getFailure());
      case DiffusedImage art ->
          new Sighting.Contents(
              "",
              art.getGeneration().getModelId(),
              art.getGeneration().getSeconds(),
              Optional.ofNullable(art.getFailure()));
      case AudioOutput output ->
          new Sighting.Contents(
              output.getReading(), "", 0, Optional.ofNullable(output.getFailure()));
      default -> unknown();
    };
  }

  private static Sighting.Contents contents(Failure failure) {
    return new Sighting.Contents("", "", 0, Optional.ofNullable(failure));
  }
}
