package org.sonograph.launcher.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sonograph.runtime.ExitCode;
import org.sonograph.runtime.ShareGroupSetup;

/**
 * Diffusion workers as child processes; one that dies is started again: soon where it had been at
 * work, for then a picture may have ended it, and ever more slowly where it had not.
 */
final class Workers implements AutoCloseable {
  private static final String MAIN = "org.sonograph.diffusion.worker.DiffusionWorkerService";
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A worker that lived this long had a reason of its own to die, not its start. */
  private static final Duration STEADY = Duration.ofMinutes(2);

  /** Deaths in a row before any work was done, after which nothing is expected of a worker. */
  private static final int HOPELESS_STARTS = 5;

  /**
   * Deaths in a row at work; more than one picture can cause before it is given up.
   *
   * @see ShareGroupSetup#DELIVERY_COUNT_LIMIT
   */
  private static final int HOPELESS = 3 * ShareGroupSetup.DELIVERY_COUNT_LIMIT;

  /** What a worker ends with that cannot work here at all. */
  private static final Set<Integer> FINAL = Set.of(ExitCode.USAGE, ExitCode.UNAVAILABLE);

  private static final String READY = "/health/ready";
  private static final Duration GLANCE = Duration.ofMillis(200);

  /**
   * glibc keeps freed memory per thread, and raises the size from which it gives memory back with
   * every large piece that is freed. With ONNX Runtime's activations that is several hundred
   * megabytes of a worker that nobody uses.
   */
  private static final Map<String, String> GIVE_MEMORY_BACK =
      Map.of(
          "MALLOC_ARENA_MAX", "2",
          "MALLOC_MMAP_THRESHOLD_", "1048576",
          "MALLOC_TRIM_THRESHOLD_", "1048576");

  /**
   * What the workers get.
   *
   * @param ports port of each one's health and metrics
   * @param heapMb Java heap of each; a model's memory comes on top
   * @param settings names and values of their settings
   * @param rest time after which one that had become hopeless is tried again; empty = never
   */
  record Plan(
      List<Integer> ports, int heapMb, Map<String, String> settings, Optional<Duration> rest) {
    Plan {
      ports = List.copyOf(ports);
      settings = Map.copyOf(settings);
    }
  }

  private final Installation installation;
  private final Path data;
  private final Plan plan;
  private final Consumer<String> say;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Thread> watchers = new ArrayList<>();

  /** Why nothing is expected of a worker, by its name. */
  private final Map<String, String> hopeless = new ConcurrentSkipListMap<>();

  private Workers(Installation installation, Path data, Plan plan, Consumer<String> say) {
    this.installation = installation;
    this.data = data;
    this.plan = plan;
    this.say = say;
  }

  /**
   * Starts them and returns at once.
   *
   * @param say takes a line for the user when a worker dies
   */
  static Workers start(Installation installation, Path data, Plan plan, Consumer<String> say) {
    Workers workers = new Workers(installation, data, plan, say);
    int number = 0;
    for (int port : plan.ports()) {
      String name = plan.ports().size() == 1 ? "worker" : "worker-" + ++number;
      workers.watchers.add(
          Thread.ofPlatform().name(name).daemon().start(() -> workers.keep(name, port)));
    }
    return workers;
  }

  /** Throws when all workers die again and again. */
  void check() {
    trouble()
        .ifPresent(
            why -> {
              throw new EmbeddedException(why);
            });
  }

  /** Why nobody paints any more, if that is so. */
  Optional<String> trouble() {
    return hopeless.size() < plan.ports().size()
        ? Optional.empty()
        : hopeless.values().stream().findFirst();
  }

  private void keep(String name, int port) {
    try {
      boolean isToEnd = false;
      while (!isToEnd) {
        keepUntilHopeless(name, port);
        isToEnd = plan.rest().isEmpty() || closes(plan.rest().get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when there is no hope for a worker, or all are to end. */
  private void keepUntilHopeless(String name, int port) throws InterruptedException {
    OwnDeaths deaths = new OwnDeaths();
    do {
      try (ChildProcess child = start(name, port)) {
        if (!watch(name, child, port, deaths)) {
          return;
        }
        String what = "the diffusion " + name + " died" + child.tail();
        if (FINAL.contains(child.exitCode()) || deaths.areHopeless()) {
          giveUp(name, what);
          return;
        }
        say.accept(what + "\n  starting it again in " + deaths.pause().toSeconds() + " s");
      } catch (EmbeddedException e) {
        giveUp(name, e.getMessage());
        return;
      }
    } while (!closes(deaths.pause()));
  }

  /** Waits so long; true as soon as all are to end. */
  private boolean closes(Duration within) throws InterruptedException {
    return closing.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Of the last one the user is told by whoever asks {@link #check} or {@link #trouble}. */
  private void giveUp(String name, String why) {
    hopeless.put(name, why);
    if (trouble().isEmpty()) {
      say.accept(why + "\n  nothing is expected of it any more; the others go on");
    }
  }

  /** Returns true when the child has died, false when all are to end. */
  private boolean watch(String name, ChildProcess child, int port, OwnDeaths deaths)
      throws InterruptedException {
    long begun = System.nanoTime();
    boolean ready = false;
    while (child.alive()) {
      if (closes(GLANCE)) {
        return false;
      }
      if (!ready && LoopbackPorts.serves(port, READY)) {
        ready = true;
        hopeless.remove(name);
      }
    }
    deaths.died(ready, Duration.ofNanos(System.nanoTime() - begun));
    return closing.getCount() > 0;
  }

  /** How one worker has died so far. */
  private static final class OwnDeaths {
    private int starts;
    private int deaths;
    private Duration pause = FIRST_PAUSE;

    void died(boolean wasReady, Duration life) {
      boolean steady = life.compareTo(STEADY) > 0;
      deaths = steady ? 1 : deaths + 1;
      if (wasReady || steady) {
        starts = 0;
        pause = FIRST_PAUSE;
      } else if (++starts > 1) {
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      }
    }

    boolean areHopeless() {
      return starts >= HOPELESS_STARTS || deaths >= HOPELESS;
    }

    Duration pause() {
      return pause;
    }
  }

  private ChildProcess start(String name, int port) {
    Map<String, String> settings = new TreeMap<>(plan.settings());
    settings.put("sonograph.http.port", Integer.toString(port));
    // The host of the other services sees to that.
    settings.put("sonograph.registry.manage-compatibility", "false");
    List<String> mainAndArguments = new ArrayList<>(List.of(MAIN));
    mainAndArguments.addAll(flags(settings));
    return ChildProcess.start(
        new JavaCommand(Installation.ownClassPath())
            .heapMb(plan.heapMb())
            .archive(installation.archives(), "worker")
            .spec(
                name,
                data.resolve("logs").resolve(name + ".log"),
                GIVE_MEMORY_BACK,
                mainAndArguments));
  }

  static List<String> flags(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(e -> "--" + e.getKey() + "=" + e.getValue())
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    closing.countDown();
    for (Thread watcher : watchers) {
      try {
        watcher.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
