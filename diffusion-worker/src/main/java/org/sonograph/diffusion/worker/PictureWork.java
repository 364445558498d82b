package org.sonograph.diffusion.worker;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.runtime.DeadLetter;
import org.sonograph.runtime.DeadLetters;
import org.sonograph.runtime.ReadResult;
import org.sonograph.runtime.RecordReader;
import org.sonograph.runtime.ShareGroupSetup;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;

/**
 * All that is done with one record, up to and including the broker's word that it has what came of
 * it. Runs on the painting thread, so it may take as long as it takes.
 */
final class PictureWork {
  static final String STAGE = "diffusion-worker";

  private static final Logger LOG = LoggerFactory.getLogger(PictureWork.class);
  private static final String TOO_OFTEN = "delivery-limit";
  private static final String TOO_LARGE = "too-large";

  private final RecordReader<SpectrogramImage> reader;
  private final Painter painter;
  private final Producer<byte[], byte[]> producer;
  private final AvroSerde<DiffusedImage> arts;
  private final DeadLetters deadLetters;

  PictureWork(
      RecordReader<SpectrogramImage> reader,
      Painter painter,
      Producer<byte[], byte[]> producer,
      AvroSerde<DiffusedImage> arts,
      DeadLetters deadLetters) {
    this.reader = reader;
    this.painter = painter;
    this.producer = producer;
    this.arts = arts;
    this.deadLetters = deadLetters;
  }

  /**
   * Does everything, once.
   *
   * @param lock asked right before the art is sent: a record that belongs to another worker by then
   *     is left to it
   */
  Outcome run(ConsumerRecord<byte[], byte[]> record, Lock lock) throws InterruptedException {
    try {
      return switch (reader.read(record)) {
        case ReadResult.Readable<SpectrogramImage> readable -> work(record, readable.value(), lock);
        case ReadResult.Unreadable<SpectrogramImage> unreadable -> unreadable(record, unreadable);
      };
    } catch (InterruptException e) {
      throw new InterruptedException(e.getMessage());
    } catch (KafkaException e) {
      LOG.warn("{}; the picture goes back for another try", e.getMessage());
      return Outcome.RELEASED;
    }
  }

  /** Whether a record still belongs to this worker. */
  interface Lock {
    boolean isHeld();
  }

  private Outcome unreadable(
      ConsumerRecord<byte[], byte[]> record, ReadResult.Unreadable<SpectrogramImage> unreadable)
      throws InterruptedException {
    deadLetters.send(record, unreadable.cause());
    if (unreadable.failed().isEmpty()) {
      return Outcome.DROPPED;
    }
    SpectrogramImage standIn = unreadable.failed().get();
    send(Painter.failed(standIn, standIn.getFailure()));
    return Outcome.FAILED;
  }

  private Outcome work(ConsumerRecord<byte[], byte[]> record, SpectrogramImage image, Lock lock)
      throws InterruptedException {
    if (image.getFailure() != null) {
      send(Painter.failed(image, image.getFailure()));
      return Outcome.PASSED;
    }
    int deliveries = record.deliveryCount().orElse((short) 1);
    if (deliveries >= ShareGroupSetup.DELIVERY_COUNT_LIMIT - 1) {
      return fail(
          record,
          image,
          TOO_OFTEN,
          new IllegalStateException(
              "tried %d times, and the worker ended or gave it back each time (%s)"
                  .formatted(deliveries - 1, Painter.where(image))));
    }
    return paint(record, image, lock);
  }

  private Outcome paint(ConsumerRecord<byte[], byte[]> record, SpectrogramImage image, Lock lock)
      throws InterruptedException {
    try {
      DiffusedImage art = painter.paint(image);
      if (!lock.isHeld()) {
        return Outcome.RELEASED;
      }
      send(art);
      return Outcome.PAINTED;
    } catch (DiffusionException e) {
      if (e.mayPass()) {
        LOG.warn(
            "{}; the picture goes back for another try ({})", e.getMessage(), Painter.where(image));
        return Outcome.RELEASED;
      }
      return fail(record, image, code(e), e);
    } catch (RecordTooLargeException e) {
      return fail(record, image, TOO_LARGE, e);
    } catch (OutOfMemoryError e) {
      LOG.warn("memory ran out; the picture goes back for another try ({})", Painter.where(image));
      return Outcome.RELEASED;
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn(
          "{}; the picture goes back for another try ({})", e.toString(), Painter.where(image), e);
      return Outcome.RELEASED;
    }
  }

  private static String code(DiffusionException e) {
    return switch (e.reason()) {
      case REQUEST -> "bad-request";
      case MODEL -> "no-model";
      case DEVICE -> "device";
      case MEMORY -> "memory";
    };
  }

  /**
   * The record itself becomes a dead letter, so that it can be replayed; a failure travels on in
   * its place.
   */
  private Outcome fail(
      ConsumerRecord<byte[], byte[]> record, SpectrogramImage image, String code, Exception error)
      throws InterruptedException {
    deadLetters.send(record, new DeadLetter.Cause(STAGE, code, error));
    send(
        Painter.failed(
            image,
            Failure.newBuilder()
                .setStage(STAGE)
                .setCode(code)
                .setReason(String.valueOf(error.getMessage()))
                .build()));
    return Outcome.FAILED;
  }

  /** Returns once the broker has the record. */
  private void send(DiffusedImage image) throws InterruptedException {
    String topic = Topics.DIFFUSED_IMAGES.name();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            Keys.chunk(image.getPlace()).getBytes(StandardCharsets.UTF_8),
            arts.write(topic, image));
    ChunkHeaders.write(
        record.headers(), image.getPlace(), image.getSource(), image.getInterpretation());
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException tooLarge) {
        throw tooLarge;
      }
      throw e.getCause() instanceof KafkaException k ? k : new KafkaException(e.getCause());
    }
  }
}
