package org.sonograph.launcher.command;

import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.send.Restraint;
import org.sonograph.ingest.send.TakeSender;
import org.sonograph.ingest.source.Derivatives;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.ancestry.KeptChunks;
import org.sonograph.launcher.ancestry.MadeTake;
import org.sonograph.launcher.job.Submission;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.TakeEvent;
import org.sonograph.schemas.TakeIds;
import org.sonograph.schemas.Topics;

/**
 * A take that was made, and how it is to be made again: as another take, of the same sound, whose
 * records name the first one.
 *
 * @param before the take that was made
 * @param interpretation what to do with its sound now
 * @param format of the sounds
 */
record Rerender(MadeTake before, Interpretation interpretation, String format) {
  private static final String CLIENT = "sonograph-rerender";
  private static final long AHEAD = 200;
  private static final int MOST_OCCURRENCES = 1000;

  /**
   * A take that was sent.
   *
   * @param take its id
   * @param chunks how many chunks it has
   * @param isNew false where all of it had been sent before
   */
  record Sent(String take, long chunks, boolean isNew) {}

  /** Why chunks that were cut for the first take are of no use; empty where they are. */
  Optional<String> newCuts() {
    return interpretation.getSpectrogram().equals(before.interpretation().getSpectrogram())
        ? Optional.empty()
        : Optional.of("another spectrogram needs the sound cut anew");
  }

  /** The order of it: the first that gives another id than the first take's. */
  TakeOrder order() {
    long occurrence = 0;
    while (id(interpretation, occurrence).equals(before.id()) && occurrence < MOST_OCCURRENCES) {
      occurrence++;
    }
    return new TakeOrder(interpretation, format, occurrence);
  }

  private String id(Interpretation recipe, long occurrence) {
    return TakeIds.take(before.source().getId(), recipe, occurrence);
  }

  /**
   * Sends the chunks that are still on the topics, in order; empty where they are not all there.
   *
   * @param host a running instance or cluster
   */
  Optional<Sent> fromTopics(ServiceHost host, Terminal terminal) throws InterruptedException {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            host.kafka().freeConsumer(CLIENT),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      AvroSerde<AudioChunk> serde = AvroSerde.of(Topics.AUDIO_CHUNKS, host.registry());
      KeptChunks kept = KeptChunks.find(consumer, serde, before.id());
      Optional<String> gap = kept.gap();
      if (gap.isPresent()) {
        terminal.say("take %s: %s".formatted(before.id(), gap.get()));
        return Optional.empty();
      }
      return Optional.of(send(host, kept));
    }
  }

  private Sent send(ServiceHost host, KeptChunks kept) throws InterruptedException {
    requirePermission();
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(
            host.kafka().producer(CLIENT), new StringSerializer(), new ByteArraySerializer())) {
      TakeSender.Backbone backbone =
          Submission.backbone(host, producer, Restraint.most(() -> AHEAD));
      Interpretation free = ofAnyModel();
      String take = new Rerender(before, free, format).newId();
      Optional<TakeEvent> sent = backbone.ledger().of(take).filter(TakeEvent::getComplete);
      if (sent.isPresent()) {
        return new Sent(take, sent.get().getChunks(), false);
      }
      boolean together = free.getProfile().equals("notebook");
      TakeSender sender =
          new TakeSender(
              backbone, take, new TakeSender.Way(together, Optional.empty()), new Unheard());
      for (long chunk = sender.alreadyThere(); chunk < kept.total(); chunk++) {
        sender.send(changed(kept.read(chunk), take, free));
      }
      sender.finish();
      return new Sent(take, kept.total(), true);
    }
  }

  String newId() {
    return id(interpretation, order().occurrence());
  }

  /** The workers of an instance may have another model of that name than this machine. */
  private Interpretation ofAnyModel() {
    return Interpretation.newBuilder(interpretation)
        .setDiffusion(
            DiffusionSettings.newBuilder(interpretation.getDiffusion()).setModelHash("").build())
        .build();
  }

  private AudioChunk changed(AudioChunk chunk, String take, Interpretation free) {
    return AudioChunk.newBuilder(chunk)
        .setPlace(Place.newBuilder(chunk.getPlace()).setTake(take).setFormat(format).build())
        .setSource(SourceInfo.newBuilder(chunk.getSource()).setRenderedFrom(before.id()).build())
        .setInterpretation(free)
        .build();
  }

  private void requirePermission() {
    SourceInfo source = before.source();
    if (source.getPermission().isEmpty() && Derivatives.areForbiddenBy(source.getLicence())) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s is under \"%s\", which forbids derived works: nothing is made of it"
              .formatted(source.getName(), source.getLicence()));
    }
  }

  /** Nobody listens. */
  static final class Unheard implements TakeSender.Progress {
    @Override
    public void acknowledged(long chunks) {
      // the ledger has it
    }

    @Override
    public void holding(long pictures) {
      // sending waits, and goes on by itself
    }
  }
}
