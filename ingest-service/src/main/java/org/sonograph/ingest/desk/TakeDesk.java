package org.sonograph.ingest.desk;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.IngestListener;
import org.sonograph.ingest.IngestResult;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.send.AheadGate;
import org.sonograph.ingest.send.SendException;
import org.sonograph.ingest.source.IdentifiedSource;

/** Takes sources in one after another, on a thread of its own, and knows how each is getting on. */
public final class TakeDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TakeDesk.class);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final long JOIN_MS = 15_000;
  private static final int REMEMBERED = 1000;

  /** What follows when a take is done. */
  @FunctionalInterface
  public interface Completion {
    void done(IngestResult result);
  }

  private record Ticket(IdentifiedSource source, TakeOrder order, Completion completion) {
    String take() {
      return Ingest.take(source, order);
    }
  }

  private final Ingest ingest;
  private final AheadGate.Pause pause;
  private final BlockingQueue<Ticket> queue = new LinkedBlockingQueue<>();
  private final Map<String, TakeStatus> board =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TakeStatus> eldest) {
          return size() > REMEMBERED && isDone(eldest.getValue());
        }
      };
  private final Thread worker;
  private volatile Optional<String> trouble = Optional.empty();

  /** Starts the thread. */
  public TakeDesk(Ingest ingest, AheadGate.Pause pause) {
    this.ingest = ingest;
    this.pause = pause;
    this.worker = Thread.ofPlatform().name("ingest").start(this::work);
  }

  /** Queues a source; where its take is queued already, the second finds it sent. */
  public TakeStatus submit(IdentifiedSource source, TakeOrder order, Completion completion) {
    Ticket ticket = new Ticket(source, order, completion);
    synchronized (board) {
      TakeStatus earlier = board.get(ticket.take());
      if (earlier != null && !isDone(earlier)) {
        queue.add(ticket);
        return earlier;
      }
      TakeStatus queued =
          new TakeStatus(ticket.take(), source.source().shown(), TakeStatus.State.QUEUED, 0, 0, "");
      board.put(ticket.take(), queued);
      queue.add(ticket);
      return queued;
    }
  }

  /** The takes of this process, oldest first. */
  public Collection<TakeStatus> all() {
    synchronized (board) {
      return List.copyOf(board.values());
    }
  }

  /** One take. */
  public Optional<TakeStatus> of(String take) {
    synchronized (board) {
      return Optional.ofNullable(board.get(take));
    }
  }

  /** True while the take is queued or under way. */
  public boolean isPending(String take) {
    return of(take).filter(status -> !isDone(status)).isPresent();
  }

  /** Takes queued or under way. */
  public long pending() {
    synchronized (board) {
      return board.values().stream().filter(status -> !isDone(status)).count();
    }
  }

  /** What keeps takes from being sent now. */
  public Optional<String> trouble() {
    return trouble;
  }

  /** False once the thread has ended. */
  public boolean isAlive() {
    return worker.isAlive();
  }

  private void work() {
    try {
      while (true) {
        Ticket ticket = queue.take();
        IngestResult result = untilDone(ticket);
        note(ticket.take(), status -> ended(status, result));
        ticket.completion().done(result);
      }
    } catch (InterruptedException e) {
      LOG.debug("ingest stops; {} takes wait for the next start", queue.size());
    }
  }

  /** A broker or registry that is away is waited for; any other fault is the take's own end. */
  private IngestResult untilDone(Ticket ticket) throws InterruptedException {
    while (true) {
      try {
        IngestResult result = ingest.take(ticket.source(), ticket.order(), new Board());
        trouble = Optional.empty();
        return result;
      } catch (SendException | KafkaException e) {
        LOG.warn("{}; take {} is tried again", e.getMessage(), ticket.take());
        trouble = Optional.of(e.getMessage());
        pause.pause(RETRY);
      } catch (RuntimeException e) {
        String message =
            "%s cannot be taken in: %s".formatted(ticket.source().source().shown(), e.getMessage());
        LOG.error("{}", message, e);
        return new IngestResult(ticket.take(), 0, 0, IngestResult.Outcome.REFUSED, message);
      }
    }
  }

  private static boolean isDone(TakeStatus status) {
    return switch (status.state()) {
      case QUEUED, SENDING, HOLDING -> false;
      case SENT, INCOMPLETE, REFUSED -> true;
    };
  }

  private static TakeStatus ended(TakeStatus status, IngestResult result) {
    TakeStatus.State state =
        switch (result.outcome()) {
          case SENT, ALREADY_SENT -> TakeStatus.State.SENT;
          case INCOMPLETE -> TakeStatus.State.INCOMPLETE;
          case TOO_SHORT, REFUSED -> TakeStatus.State.REFUSED;
        };
    return new TakeStatus(
        status.take(), status.source(), state, result.chunks(), result.chunks(), result.message());
  }

  private void note(String take, java.util.function.UnaryOperator<TakeStatus> change) {
    synchronized (board) {
      board.computeIfPresent(take, (id, status) -> change.apply(status));
    }
  }

  /** Writes progress on the board. */
  private final class Board implements IngestListener {
    @Override
    public void measured(String take, long samples, int sampleRateHz, long chunks) {
      note(take, status -> status.withChunks(chunks));
    }

    @Override
    public void sent(String take, long chunks) {
      note(take, status -> status.withSent(chunks));
    }

    @Override
    public void holding(String take, long pictures) {
      note(take, status -> status.with(TakeStatus.State.HOLDING));
    }
  }

  @Override
  public void close() {
    worker.interrupt();
    try {
      worker.join(JOIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
