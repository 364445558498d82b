package org.sonograph.decoder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DecodedChunk;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.Keys;

/**
 * Brings the chunks of a take together: in order, each once, none waited for without end. What a
 * chunk sounds like at its seams is {@link ReadingSender}'s business; this class decides only whose
 * turn it is.
 */
final class TakeAssembler implements Processor<String, DecodedChunk, String, AudioOutput> {

  /** Records sent in one go: a transaction stays short however many chunks wait. */
  private static final int BURST = 4;

  /** A chunk farther ahead than this is a mistake: everything before it would become silence. */
  private static final long FARTHEST_AHEAD = 100_000;

  /** How often waiting readings are looked at. */
  static final Duration TICK = Duration.ofMillis(250);

  private static final int TICKS_A_SURVEY = 4;
  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(TakeAssembler.class);

  private final AssemblerLimits limits;
  private final AssemblerMeters meters;
  private ProcessorContext<String, AudioOutput> context;
  private AssemblerStores stores;
  private ReadingSender sender;
  private Optional<Arrival> leaving = Optional.empty();
  private long startedMs;
  private long ticks;

  TakeAssembler(AssemblerLimits limits, AssemblerMeters meters) {
    this.limits = limits;
    this.meters = meters;
  }

  /** Makes an assembler for each task, with its stores. */
  record Supplier(AssemblerLimits limits, AssemblerMeters meters, Serde<DecodedChunk> pieces)
      implements ProcessorSupplier<String, DecodedChunk, String, AudioOutput> {
    @Override
    public Processor<String, DecodedChunk, String, AudioOutput> get() {
      return new TakeAssembler(limits, meters);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return AssemblerStores.builders(pieces);
    }
  }

  @Override
  public void init(ProcessorContext<String, AudioOutput> processorContext) {
    context = processorContext;
    stores = AssemblerStores.of(context);
    sender = new ReadingSender(stores, meters, this::forward);
    startedMs = context.currentSystemTimeMs();
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::forgetClosed);
  }

  @Override
  public void process(Record<String, DecodedChunk> record) {
    DecodedChunk piece = record.value();
    ReadingKey key = ReadingKey.of(piece);
    long now = context.currentSystemTimeMs();
    if (stores.closed().get(key.text()) != null) {
      meters.late();
      return;
    }
    byte[] stored = stores.open().get(key.text());
    OpenReading reading = stored == null ? OpenReading.begun(now) : OpenReading.fromBytes(stored);
    long chunk = piece.getPlace().getChunk();
    if (chunk < reading.nextChunk()) {
      if (reading.gaveUpAny()) {
        meters.late();
      } else {
        meters.duplicate();
      }
      return;
    }
    if (chunk - reading.nextChunk() > FARTHEST_AHEAD) {
      LOG.warn("dropped {} chunk={}, expected one near {}", key, chunk, reading.nextChunk());
      meters.late();
      return;
    }
    if (reading.isWaiting(chunk)) {
      meters.duplicate();
      return;
    }
    reading.received(piece, Arrival.of(record.headers(), now));
    sender.learn(key, piece);
    if (chunk > reading.nextChunk()) {
      meters.gap();
    }
    advance(key, reading, Optional.of(piece), now);
  }

  private void tick(long timestamp) {
    long now = context.currentSystemTimeMs();
    List<KeyValue<String, byte[]>> due = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = stores.open().all()) {
      all.forEachRemaining(due::add);
    }
    for (KeyValue<String, byte[]> entry : due) {
      OpenReading reading = OpenReading.fromBytes(entry.value);
      ReadingKey key = ReadingKey.fromText(entry.key);
      if (whatNext(key, reading, now) != Turn.NOTHING) {
        advance(key, reading, Optional.empty(), now);
      }
    }
    if (ticks++ % TICKS_A_SURVEY == 0) {
      meters.survey(context.taskId(), AssemblerSurvey.of(due, stores, now));
    }
  }

  @Override
  public void close() {
    meters.forget(context.taskId());
  }

  private void advance(
      ReadingKey key, OpenReading reading, Optional<DecodedChunk> arrived, long now) {
    Optional<DecodedChunk> inHand = arrived;
    for (int sent = 0; sent < BURST; sent++) {
      Turn turn = whatNext(key, reading, now);
      if (turn == Turn.NOTHING) {
        break;
      }
      boolean last = send(key, reading, turn, inHand);
      if (inHand.isPresent() && isNext(inHand.get(), reading.nextChunk() - 1)) {
        inHand = Optional.empty();
      }
      if (last) {
        stores.close(key, reading, now);
        LOG.debug("closed {}: {} chunks", key, reading.nextChunk());
        return;
      }
    }
    inHand.ifPresent(piece -> stores.pieces().put(key.piece(piece.getPlace().getChunk()), piece));
    stores.open().put(key.text(), reading.toBytes());
  }

  /** Sends the next chunk; true if it was the last. */
  private boolean send(
      ReadingKey key, OpenReading reading, Turn turn, Optional<DecodedChunk> inHand) {
    long chunk = reading.nextChunk();
    leaving = reading.nextArrival();
    if (turn == Turn.PIECE) {
      boolean last = reading.nextIsLast();
      if (inHand.isPresent() && isNext(inHand.get(), chunk)) {
        sender.piece(key, inHand.get(), last);
      } else {
        String pieceKey = key.piece(chunk);
        sender.piece(key, stores.pieces().get(pieceKey), last);
        stores.pieces().delete(pieceKey);
      }
      reading.sent();
      return last;
    }
    boolean last =
        turn == Turn.OVERDUE
            ? sender.overdue(key, reading, limits.patience())
            : sender.abandoned(key, reading, limits.idle());
    reading.sentWithoutIt();
    return last;
  }

  private static boolean isNext(DecodedChunk piece, long chunk) {
    return piece.getPlace().getChunk() == chunk;
  }

  private enum Turn {
    NOTHING,
    PIECE,
    OVERDUE,
    ABANDONED
  }

  private Turn whatNext(ReadingKey key, OpenReading reading, long now) {
    // the clock of a service that was down does not count against its takes
    boolean idle = now - Math.max(startedMs, reading.lastNewsMs()) >= limits.idle().toMillis();
    boolean unheard = reading.nextDueMs() > 0 && now >= reading.nextDueMs();
    boolean overdue =
        reading.anyWaiting()
            && (idle
                || unheard
                || now - Math.max(startedMs, reading.waitingSinceMs())
                    >= limits.patience().toMillis());
    if (reading.isWaiting(reading.nextChunk())) {
      // a failure known from its headers alone waits for a neighbour that knows the source
      return overdue || reading.nextIsLast() || sender.knowsSource(key) ? Turn.PIECE : Turn.NOTHING;
    }
    if (overdue) {
      return Turn.OVERDUE;
    }
    return idle ? Turn.ABANDONED : Turn.NOTHING;
  }

  private void forward(AudioOutput output) {
    long now = context.currentSystemTimeMs();
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(headers, output.getPlace(), output.getSource(), output.getInterpretation());
    // a chunk that never came has left no trace to go on with
    leaving.ifPresentOrElse(
        arrival -> arrival.writeTo(headers),
        () -> HopWork.first(ChunkDecoder.STAGE, Optional.empty()).writeTo(headers));
    context.forward(new Record<>(Keys.take(output.getPlace().getTake()), output, now, headers));
    meters.out(output, now);
  }

  private void forgetClosed(long timestamp) {
    long before = context.currentSystemTimeMs() - limits.closedLifetime().toMillis();
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, Long> all = stores.closed().all()) {
      all.forEachRemaining(
          entry -> {
            if (entry.value < before) {
              old.add(entry.key);
            }
          });
    }
    old.forEach(stores.closed()::delete);
  }
}
