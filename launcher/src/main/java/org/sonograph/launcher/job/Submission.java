package org.sonograph.launcher.job;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.IngestLimits;
import org.sonograph.ingest.IngestListener;
import org.sonograph.ingest.IngestResult;
import org.sonograph.ingest.send.AheadGate;
import org.sonograph.ingest.send.ControlLedger;
import org.sonograph.ingest.send.LaggingPictures;
import org.sonograph.ingest.send.Restraint;
import org.sonograph.ingest.send.SentLedger;
import org.sonograph.ingest.send.TakeSender;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.launcher.s3.RemoteSources;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.TakeEvent;
import org.sonograph.schemas.Topics;

/** Sends takes into a running chain, one after another, on a thread of its own. */
public final class Submission implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final long JOIN_MS = 10_000;

  private final Producer<String, byte[]> producer;
  private final RemoteSources remote;
  private final Map<String, IngestResult> results = new ConcurrentHashMap<>();
  private final Map<String, Long> pictures = new ConcurrentHashMap<>();
  private final List<String> crashes = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private Submission(
      Producer<String, byte[]> producer,
      Ingest ingest,
      List<PlannedTake> takes,
      Rules rules,
      RemoteSources remote) {
    this.producer = producer;
    this.remote = remote;
    this.thread = Thread.ofPlatform().name("submission").start(() -> send(ingest, takes, rules));
  }

  /**
   * When to send.
   *
   * @param restraint how much may be sent, at every moment
   * @param mayBegin whether a take may be begun, from the pictures of all begun and its own
   */
  public record Rules(Restraint restraint, LongPredicate mayBegin) {
    /** Everything, as far as that lets it. */
    public static Rules all(Restraint restraint) {
      return new Rules(restraint, begun -> true);
    }
  }

  /**
   * Starts sending.
   *
   * @param takes in this order
   */
  public static Submission start(
      ServiceHost host, FFmpeg ffmpeg, List<PlannedTake> takes, Rules rules) {
    return start(host, ffmpeg, takes, rules, RemoteSources.NONE);
  }

  /**
   * Starts sending.
   *
   * @param takes in this order
   * @param remote brings sounds that lie elsewhere
   */
  public static Submission start(
      ServiceHost host, FFmpeg ffmpeg, List<PlannedTake> takes, Rules rules, RemoteSources remote) {
    Producer<String, byte[]> producer =
        new KafkaProducer<>(
            host.kafka().producer("sonograph-run"),
            new StringSerializer(),
            new ByteArraySerializer());
    TakeSender.Backbone backbone = backbone(host, producer, rules.restraint());
    Ingest ingest = new Ingest(ffmpeg, backbone, IngestLimits.DEFAULTS, host.meters());
    return new Submission(producer, ingest, takes, rules, remote);
  }

  /**
   * What takes are sent through.
   *
   * @param restraint how much may be sent, at every moment
   */
  public static TakeSender.Backbone backbone(
      ServiceHost host, Producer<String, byte[]> producer, Restraint restraint) {
    return new TakeSender.Backbone(
        producer,
        AvroSerde.of(Topics.AUDIO_CHUNKS, host.registry()),
        ledger(host, producer),
        new AheadGate(new LaggingPictures(host.admin()), restraint, Thread::sleep));
  }

  /** How far an earlier attempt of this job came. */
  private static SentLedger ledger(ServiceHost host, Producer<String, byte[]> producer) {
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            host.kafka().freeConsumer("sonograph-run"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      return ControlLedger.read(consumer, producer, AvroSerde.of(Topics.CONTROL, host.registry()));
    }
  }

  /** Results so far, by take. */
  public Map<String, IngestResult> results() {
    return Map.copyOf(results);
  }

  /** Number of pictures of a take, once it is measured. */
  public Map<String, Long> pictures() {
    return Map.copyOf(pictures);
  }

  /** True when nothing more will be sent. */
  public boolean isDone() {
    return !thread.isAlive();
  }

  /** What kept the sending from going on, a line each; empty while all is well. */
  public List<String> crashes() {
    return List.copyOf(crashes);
  }

  private void send(Ingest ingest, List<PlannedTake> takes, Rules rules) {
    long begun = 0;
    try {
      for (PlannedTake take : takes) {
        begun += take.pictures();
        if (!rules.mayBegin().test(begun)) {
          return;
        }
        results.put(take.id(), send(ingest, take));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      crashes.add(String.valueOf(e.getMessage()));
    }
  }

  /** A sound that cannot be fetched is lost to its own take alone. */
  private IngestResult send(Ingest ingest, PlannedTake take) throws InterruptedException {
    SourceFile source = take.source().source();
    try {
      if (ingest.sent(take.id()).filter(TakeEvent::getComplete).isEmpty()) {
        remote.need(source);
      }
      IngestResult result = ingest.take(take.source(), take.order(), listener());
      remote.release(source);
      return result;
    } catch (IOException e) {
      String message = source.shown() + " cannot be fetched: " + e.getMessage();
      return new IngestResult("", 0, 0, IngestResult.Outcome.REFUSED, message);
    }
  }

  private IngestListener listener() {
    return new IngestListener() {
      @Override
      public void measured(String take, long samples, int sampleRateHz, long chunks) {
        pictures.put(take, chunks);
      }
    };
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(JOIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(CLOSE_PATIENCE);
  }
}
