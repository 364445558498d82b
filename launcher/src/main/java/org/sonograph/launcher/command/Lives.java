package org.sonograph.launcher.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.TornData;
import org.sonograph.launcher.embedded.TornException;
import org.sonograph.runtime.SetAside;

/**
 * Begins a chain again and again, with nobody there: a life that ended soon had torn data, which
 * are set aside. Who dies at once several times in a row is left to whatever started the process.
 */
final class Lives {
  private static final Logger LOG = LoggerFactory.getLogger(Lives.class);

  /** What lived so long did not die of the data it found. */
  private static final Duration LONG = Duration.ofMinutes(5);

  private static final int MOST_SHORT = 3;
  private static final Duration GLANCE = Duration.ofMillis(500);

  /** While the machine is to blame: a full disk is not emptier at once. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final Path folder;
  private final Pause pause;
  private final Set<Path> told = new HashSet<>();
  private int shortLives;

  /** One life, which ends with an exception alone. */
  @FunctionalInterface
  interface Life {
    void live() throws Exception;
  }

  /** Lets some time pass. */
  @FunctionalInterface
  interface Pause {
    void pause() throws InterruptedException;
  }

  /**
   * Lives over a data folder.
   *
   * @param terminal where it is said what was set aside
   */
  Lives(Terminal terminal, Path folder) {
    this(terminal, folder, () -> Thread.sleep(PAUSE));
  }

  Lives(Terminal terminal, Path folder, Pause pause) {
    this.terminal = terminal;
    this.folder = folder;
    this.pause = pause;
  }

  /**
   * Lives until something ends it that is no matter of data.
   *
   * @param end ends at once what a life has left
   */
  void live(Life life, Runnable end) throws Exception {
    Thread teller = Thread.ofVirtual().name("set-aside").start(this::keepTelling);
    try {
      while (true) {
        long begun = System.nanoTime();
        try {
          life.live();
        } catch (TornException e) {
          LOG.warn("cannot go on: {}", e.getMessage());
          end.run();
          again(e, Duration.ofNanos(System.nanoTime() - begun));
        }
      }
    } finally {
      teller.interrupt();
    }
  }

  private void again(TornException torn, Duration lived) throws InterruptedException {
    if (torn.isOfMachine()) {
      terminal.complain(torn.getMessage() + "\n  trying again");
      pause.pause();
      return;
    }
    boolean wasLong = lived.compareTo(LONG) > 0;
    shortLives = wasLong ? 0 : shortLives + 1;
    if (shortLives > MOST_SHORT) {
      throw torn;
    }
    terminal.complain(torn.getMessage() + "\n  beginning again");
    if (!wasLong) {
      TornData.setAside(folder, torn);
    }
  }

  private void keepTelling() {
    try {
      while (true) {
        tell();
        Thread.sleep(GLANCE);
      }
    } catch (InterruptedException e) {
      tell();
    }
  }

  private synchronized void tell() {
    for (SetAside.Entry entry : SetAside.ofProcess()) {
      if (told.add(entry.path())) {
        terminal.complain(entry.text());
      }
    }
  }
}
