package org.sonograph.diffusion.worker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Callback;
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
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;

/**
 * What is read from a record and what is sent in its place. Nothing here waits for the device; what
 * is sent is with the broker when the job ends.
 */
final class PictureWork {
  static final String STAGE = "diffusion-worker";

  private static final Logger LOG = LoggerFactory.getLogger(PictureWork.class);
  private static final String TOO_OFTEN = "delivery-limit";
  private static final String TOO_LARGE = "too-large";
  private static final String GOES_BACK = "{}; the picture goes back for another try ({})";

  private final RecordReader<SpectrogramImage> reader;
  private final Producer<byte[], byte[]> producer;
  private final AvroSerde<DiffusedImage> arts;
  private final DeadLetters deadLetters;
  private final OptionalDouble silenceLufs;

  /** What a record needs next. */
  sealed interface Next {
    /** Nothing: what came of it is with the broker. */
    record Done(Outcome outcome) implements Next {}

    /** It is to be painted. */
    record Paint(SpectrogramImage image) implements Next {}
  }

  /**
   * Work between a topic and a topic.
   *
   * @param silenceLufs loudness below which a chunk goes on as it came; empty = none does
   */
  PictureWork(
      RecordReader<SpectrogramImage> reader,
      Producer<byte[], byte[]> producer,
      AvroSerde<DiffusedImage> arts,
      DeadLetters deadLetters,
      OptionalDouble silenceLufs) {
    this.reader = reader;
    this.producer = producer;
    this.arts = arts;
    this.deadLetters = deadLetters;
    this.silenceLufs = silenceLufs;
  }

  /** Reads a record, and deals with it where it needs no painting. */
  Next read(Job job) throws InterruptedException {
    return switch (reader.read(job.record())) {
      case ReadResult.Readable<SpectrogramImage> readable -> look(job, readable.value());
      case ReadResult.Unreadable<SpectrogramImage> unreadable ->
          new Next.Done(unreadable(job, unreadable));
    };
  }

  private Next look(Job job, SpectrogramImage image) throws InterruptedException {
    if (image.getFailure() != null) {
      send(job, Painter.failed(image, image.getFailure()));
      return new Next.Done(Outcome.PASSED);
    }
    int deliveries = job.deliveries();
    if (deliveries >= ShareGroupSetup.DELIVERY_COUNT_LIMIT - 1) {
      return new Next.Done(
          fail(
              job,
              image,
              TOO_OFTEN,
              new IllegalStateException(
                  "tried %d times, and the worker ended or gave it back each time (%s)"
                      .formatted(deliveries - 1, Painter.where(image)))));
    }
    if (isTooLate(image)) {
      tooLate(job, image);
      return new Next.Done(Outcome.TOO_LATE);
    }
    if (isSilent(image)) {
      send(job, Painter.unpainted(image));
      return new Next.Done(Outcome.SKIPPED);
    }
    return new Next.Paint(image);
  }

  /** Whether a picture is of a live stream and should be heard by now. */
  static boolean isTooLate(SpectrogramImage image) {
    Place place = image.getPlace();
    return place.getDueMs() > 0 && System.currentTimeMillis() >= place.getDueMs();
  }

  /** Sends the failure of a picture that nobody would hear; none of it is worth a dead letter. */
  void tooLate(Job job, SpectrogramImage image) throws InterruptedException {
    Failure failure =
        Failure.newBuilder()
            .setStage(STAGE)
            .setCode(Outcome.TOO_LATE.text())
            .setReason(
                "it was to be heard at %d, before it could be painted (%s)"
                    .formatted(image.getPlace().getDueMs(), Painter.where(image)))
            .build();
    send(job, Painter.failed(image, failure));
  }

  private boolean isSilent(SpectrogramImage image) {
    List<Float> curve = image.getLevel().getMomentaryLufs();
    return silenceLufs.isPresent()
        && !curve.isEmpty()
        && curve.stream().allMatch(lufs -> lufs < silenceLufs.getAsDouble());
  }

  private Outcome unreadable(Job job, ReadResult.Unreadable<SpectrogramImage> unreadable)
      throws InterruptedException {
    deadLetters.send(job.record(), unreadable.cause());
    if (unreadable.failed().isEmpty()) {
      return Outcome.DROPPED;
    }
    SpectrogramImage standIn = unreadable.failed().get();
    send(job, Painter.failed(standIn, standIn.getFailure()));
    return Outcome.FAILED;
  }

  /** What a failure means for a record; returns when the broker has what is to be said of it. */
  Outcome failed(Job job, Exception error) throws InterruptedException {
    switch (error) {
      case InterruptedException e -> throw e;
      case InterruptException e -> throw new InterruptedException(e.getMessage());
      case RecordTooLargeException e -> {
        return fail(job, TOO_LARGE, e);
      }
      case DiffusionException e -> {
        if (!e.mayPass()) {
          return fail(job, code(e), e);
        }
        LOG.warn(GOES_BACK, e.getMessage(), job.name());
      }
      case KafkaException e -> LOG.warn(GOES_BACK, e.getMessage(), job.name());
      default -> LOG.warn(GOES_BACK, error, job.name(), error);
    }
    return Outcome.RELEASED;
  }

  private static String code(DiffusionException e) {
    return switch (e.reason()) {
      case REQUEST -> "bad-request";
      case MODEL -> "no-model";
      case DEVICE -> "device";
      case MEMORY -> "memory";
    };
  }

  private Outcome fail(Job job, String code, Exception error) throws InterruptedException {
    return reader.read(job.record()) instanceof ReadResult.Readable<SpectrogramImage> readable
        ? fail(job, readable.value(), code, error)
        : Outcome.RELEASED;
  }

  /**
   * The record itself becomes a dead letter, so that it can be replayed; a failure travels on in
   * its place.
   */
  private Outcome fail(Job job, SpectrogramImage image, String code, Exception error)
      throws InterruptedException {
    deadLetters.send(job.record(), new DeadLetter.Cause(STAGE, code, error));
    send(
        job,
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
  private void send(Job job, DiffusedImage image) throws InterruptedException {
    try {
      producer.send(record(job, image)).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException k ? k : new KafkaException(e.getCause());
    }
  }

  /** Hands art to the producer; the callback hears what the broker says, on a thread of Kafka's. */
  void send(Job job, DiffusedImage image, Callback heard) {
    producer.send(record(job, image), heard);
  }

  /** Sends a preview; nobody depends on it, so what goes wrong is noted and forgotten. */
  void preview(Job job, DiffusedImage image) {
    String topic = Topics.PREVIEWS.name();
    try {
      byte[] key = Keys.chunk(image.getPlace()).getBytes(StandardCharsets.UTF_8);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, key, arts.write(topic, image));
      job.hop().writeTo(record.headers());
      producer.send(record);
    } catch (RuntimeException e) {
      LOG.debug("a preview is lost: {}", e.getMessage());
    }
  }

  private ProducerRecord<byte[], byte[]> record(Job job, DiffusedImage image) {
    String topic = Topics.DIFFUSED_IMAGES.name();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            Keys.chunk(image.getPlace()).getBytes(StandardCharsets.UTF_8),
            arts.write(topic, image));
    ChunkHeaders.write(
        record.headers(), image.getPlace(), image.getSource(), image.getInterpretation());
    job.hop().writeTo(record.headers());
    return record;
  }
}
