package org.sonograph.ingest.send;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.TraceContext;

/**
 * Sends the chunks of one take, in order, skipping those the broker has from an earlier attempt.
 */
public final class TakeSender {
  /** Name of the service, as it stands in the records. */
  public static final String STAGE = "ingest-service";

  private static final long FLUSH_STEP_MS = 500;

  private final Backbone backbone;
  private final String take;
  private final Way way;
  private final Acknowledged acknowledged;
  private final long alreadyThere;
  private final Progress progress;
  private long noted;
  private boolean lastSent;

  /** What all takes of a process share. */
  public record Backbone(
      Producer<String, byte[]> producer,
      AvroSerde<AudioChunk> serde,
      SentLedger ledger,
      AheadGate gate) {}

  /**
   * How the chunks of a take travel.
   *
   * @param together true to keep all of them in one partition, in order
   * @param caller trace in which they go on; empty = each begins one
   */
  public record Way(boolean together, Optional<TraceContext> caller) {}

  /** Hears how far a take has come. */
  public interface Progress {
    /** So many chunks, from the first on, are acknowledged. */
    void acknowledged(long chunks);

    /** Sending waits because so many pictures are under way. */
    void holding(long pictures);
  }

  /** A sender that goes on where the ledger says. */
  public TakeSender(Backbone backbone, String take, Way way, Progress progress) {
    this.backbone = backbone;
    this.take = take;
    this.way = way;
    this.progress = progress;
    this.alreadyThere = backbone.ledger().of(take).map(event -> event.getChunks()).orElse(0L);
    this.noted = alreadyThere;
    this.acknowledged = new Acknowledged(alreadyThere);
    if (alreadyThere > 0) {
      progress.acknowledged(alreadyThere);
    }
  }

  /** Chunks that were there before this attempt. */
  public long alreadyThere() {
    return alreadyThere;
  }

  /** Sends one chunk when there is room for it. */
  public void send(AudioChunk chunk) throws InterruptedException {
    lastSent |= chunk.getPlace().getTotalChunks() > 0;
    if (chunk.getPlace().getChunk() < alreadyThere) {
      return;
    }
    failIfFailed();
    backbone.gate().pass(new AtTheGate());
    noteProgress();
    AudioChunk closed = closedNow(chunk);
    String topic = Topics.AUDIO_CHUNKS.name();
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            topic,
            partition(topic),
            Keys.chunk(chunk.getPlace()),
            backbone.serde().write(topic, closed));
    ChunkHeaders.write(
        record.headers(), closed.getPlace(), chunk.getSource(), chunk.getInterpretation());
    HopWork.first(STAGE, way.caller()).writeTo(record.headers());
    acknowledged.sent();
    long number = chunk.getPlace().getChunk();
    backbone
        .producer()
        .send(
            record,
            (metadata, e) -> {
              if (e == null) {
                acknowledged.acknowledge(number);
              } else {
                acknowledged.fail(e);
              }
            });
  }

  private static AudioChunk closedNow(AudioChunk chunk) {
    return AudioChunk.newBuilder(chunk)
        .setPlace(
            Place.newBuilder(chunk.getPlace()).setClosedMs(System.currentTimeMillis()).build())
        .build();
  }

  /** Waits until everything sent is acknowledged, and notes it. */
  public void finish() throws InterruptedException {
    while (!acknowledged.awaitAll(FLUSH_STEP_MS)) {
      noteProgress();
    }
    failIfFailed();
    noteProgress();
    if (lastSent) {
      backbone.ledger().note(SentLedger.event(take, acknowledged.prefix(), true));
    }
  }

  /** Chunks acknowledged from the first on. */
  public long acknowledged() {
    return acknowledged.prefix();
  }

  /** Null lets the partitioner choose by the key, as for every other topic. */
  private Integer partition(String topic) {
    if (!way.together()) {
      return null;
    }
    List<?> partitions = backbone.producer().partitionsFor(topic);
    return Keys.partitionOfTake(take, partitions.size());
  }

  private final class AtTheGate implements AheadGate.Sender {
    @Override
    public long open() {
      return acknowledged.open();
    }

    @Override
    public void holding(long pictures) {
      noteProgress();
      progress.holding(pictures);
    }
  }

  private void noteProgress() {
    long prefix = acknowledged.prefix();
    if (prefix > noted) {
      backbone.ledger().note(SentLedger.event(take, prefix, false));
      noted = prefix;
      progress.acknowledged(prefix);
    }
  }

  private void failIfFailed() {
    acknowledged
        .failure()
        .ifPresent(
            cause -> {
              throw new SendException(
                  "the broker did not take a chunk: " + cause.getMessage() + " (take=" + take + ")",
                  cause);
            });
  }
}
