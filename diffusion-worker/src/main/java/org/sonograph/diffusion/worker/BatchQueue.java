package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.Draft;

/** Drafts that wait for the device, and which of them go to it together. */
final class BatchQueue {
  /**
   * A draft that waits.
   *
   * @param sketch what it was begun from
   * @param sinceNanos when it began to wait
   */
  record Waiting(Job job, Sketch sketch, Draft draft, long sinceNanos) {
    boolean mayJoin(Waiting leader) {
      return sketch.diffuser() == leader.sketch().diffuser()
          && draft.batchKey().equals(leader.draft().batchKey())
          && !job.isSuspect();
    }
  }

  /** Live before all else; of the live ones the newest. */
  private static final Comparator<Waiting> URGENCY =
      Comparator.comparingLong((Waiting w) -> w.sketch().image().getPlace().getDueMs())
          .thenComparingLong(w -> -w.sinceNanos());

  private final Duration linger;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Set<RecipeKey> underWay = new HashSet<>();

  /**
   * An empty queue.
   *
   * @param linger how long the first of a batch waits for others
   */
  BatchQueue(Duration linger) {
    this.linger = linger;
  }

  synchronized void add(Waiting one) {
    waiting.add(one);
    notifyAll();
  }

  /** Puts back what could not be worked on in such company; it goes first. */
  synchronized void putBack(List<Waiting> batch) {
    batch.forEach(w -> underWay.remove(w.sketch().key()));
    waiting.addAll(0, batch);
    notifyAll();
  }

  /** Takes out a job that nobody waits for any more; false if it is not here. */
  synchronized boolean remove(Job job) {
    return waiting.removeIf(w -> w.job() == job);
  }

  /** A picture is finished or given up: its repetitions need not wait for it any longer. */
  synchronized void release(RecipeKey key) {
    underWay.remove(key);
    notifyAll();
  }

  /**
   * Waits for the next batch: pictures that can share calls with the most urgent one. That is the
   * newest of a live stream, since older ones may be too late anyway, else the one that has waited
   * longest. Of several with one recipe the first goes, the others wait for its result. What may
   * have ended a worker comes last and alone.
   *
   * @param most pictures a batch of a model may have
   */
  synchronized List<Waiting> take(ToIntFunction<Diffuser> most) throws InterruptedException {
    while (true) {
      Optional<Waiting> leader = leader();
      if (leader.isEmpty()) {
        wait();
        continue;
      }
      int room = most.applyAsInt(leader.get().sketch().diffuser());
      List<Waiting> batch = batch(leader.get(), room);
      boolean isLive = leader.get().sketch().image().getPlace().getDueMs() > 0;
      long left = isLive ? 0 : leader.get().sinceNanos() + linger.toNanos() - System.nanoTime();
      if (batch.size() >= room || left <= 0 || leader.get().job().isSuspect()) {
        waiting.removeAll(batch);
        batch.forEach(w -> underWay.add(w.sketch().key()));
        return batch;
      }
      wait(Math.max(1, left / 1_000_000));
    }
  }

  private Optional<Waiting> leader() {
    Optional<Waiting> first =
        waiting.stream().filter(this::isFree).filter(w -> !w.job().isSuspect()).max(URGENCY);
    return first.isPresent() ? first : waiting.stream().filter(this::isFree).findFirst();
  }

  private boolean isFree(Waiting one) {
    return !underWay.contains(one.sketch().key());
  }

  private List<Waiting> batch(Waiting leader, int most) {
    List<Waiting> batch = new ArrayList<>(List.of(leader));
    Set<RecipeKey> keys = new HashSet<>(Set.of(leader.sketch().key()));
    Iterator<Waiting> all = waiting.iterator();
    while (all.hasNext() && batch.size() < most && !leader.job().isSuspect()) {
      Waiting one = all.next();
      if (one != leader && isFree(one) && one.mayJoin(leader) && keys.add(one.sketch().key())) {
        batch.add(one);
      }
    }
    return batch;
  }
}
