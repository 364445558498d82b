package org.sonograph.gallery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;

/**
 * Decides when a take is done, and has it finished beside the collector's thread.
 *
 * <p>Called by the collector's thread only; the executor gets plans, never takes.
 */
final class Closing {
  static final String ABANDONED_CODE = "abandoned";

  private final Finisher finisher;
  private final ExecutorService executor;
  private final Duration idle;
  private final Duration settle;
  private final LongSupplier nanoTime;
  private final Map<TakeState, Long> lastNews = new HashMap<>();
  private final Map<TakeState, Work> working = new HashMap<>();

  private record Work(CompletableFuture<Finisher.Result> result, boolean isAbandoned) {}

  /**
   * A take whose files are made.
   *
   * @param take it
   * @param result what was made
   * @param isAbandoned whether it was given up
   */
  record Done(TakeState take, Finisher.Result result, boolean isAbandoned) {
    /** Writes into the take's state what was made of it, and how it came out. */
    Outcome close() {
      result.sounds().forEach((reading, file) -> take.reading(reading).setFile(file));
      Outcome outcome = outcome();
      take.close(outcome, new TakeState.Finished(result.files(), result.notes()));
      return outcome;
    }

    private Outcome outcome() {
      boolean wasGivenUp =
          take.failures().values().stream()
              .anyMatch(f -> f.failure().getCode().equals(ABANDONED_CODE));
      if (isAbandoned || wasGivenUp) {
        return Outcome.ABANDONED;
      }
      return take.failures().isEmpty() && result.notes().isEmpty()
          ? Outcome.COMPLETE
          : Outcome.FAILED;
    }
  }

  Closing(
      Finisher finisher,
      ExecutorService executor,
      Duration idle,
      Duration settle,
      LongSupplier nanoTime) {
    this.finisher = finisher;
    this.executor = executor;
    this.idle = idle;
    this.settle = settle;
    this.nanoTime = nanoTime;
  }

  /** Tells that something came for a take. */
  void news(TakeState take) {
    lastNews.put(take, nanoTime.getAsLong());
  }

  /** Starts finishing whatever has become whole, or silent for too long. */
  void start(Collection<TakeState> takes) {
    for (TakeState take : takes) {
      if (take.outcome().isClosed() || working.containsKey(take)) {
        continue;
      }
      long silent =
          nanoTime.getAsLong() - lastNews.computeIfAbsent(take, t -> nanoTime.getAsLong());
      boolean isSettled = take.repairs().isEmpty() || silent >= settle.toNanos();
      boolean isWhole = take.soundIsWhole() && take.picturesAreWhole() && isSettled;
      if (isWhole || silent >= idle.toNanos()) {
        working.put(take, new Work(submit(Finisher.plan(take)), !isWhole));
      }
    }
  }

  /** Forgets a take that is closed. */
  void rest(TakeState take) {
    lastNews.remove(take);
  }

  /**
   * What has been finished since the last call. A failure is thrown once, and the take is tried
   * again by {@link #start}.
   */
  List<Done> finished() throws Exception {
    List<Done> done = new ArrayList<>();
    for (TakeState take : List.copyOf(working.keySet())) {
      Work work = working.get(take);
      if (work.result().isCompletedExceptionally()) {
        working.remove(take);
        throw cause(work.result());
      }
      if (work.result().isDone()) {
        working.remove(take);
        done.add(new Done(take, work.result().join(), work.isAbandoned()));
      }
    }
    return done;
  }

  private CompletableFuture<Finisher.Result> submit(Finisher.Plan plan) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return finisher.finish(plan);
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        executor);
  }

  private static Exception cause(CompletableFuture<?> failed) {
    Throwable cause = failed.exceptionNow();
    return cause instanceof Exception e ? e : new IllegalStateException(cause);
  }
}
