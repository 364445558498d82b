package org.sonograph.launcher.command;

import java.util.List;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.Embedded;

/**
 * Stops a chain in order, whether its work is done or the process is told to end (Ctrl-C, SIGTERM).
 * Before the chain is known, its children are ended by their pipes.
 */
final class Stopping implements AutoCloseable {
  private final Terminal terminal;
  private final String words;
  private final Runnable beforehand;
  private final Thread hook;
  private Embedded chain;
  private boolean isStopped;

  /**
   * Stops what it is told of.
   *
   * @param words what the user is told when the process is told to end
   * @param beforehand done before anything is stopped
   */
  Stopping(Terminal terminal, String words, Runnable beforehand) {
    this.terminal = terminal;
    this.words = words;
    this.beforehand = beforehand;
    this.hook = new Thread(this::interrupted, "stopping");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Names what is to be closed. */
  synchronized void closeFirst(Embedded running) {
    chain = running;
  }

  /** Ends at once what was named; something else may be named then. */
  synchronized void abandon() {
    if (!isStopped && chain != null) {
      beforehand.run();
      chain.abandon();
      chain = null;
    }
  }

  private void interrupted() {
    terminal.status(List.of());
    terminal.say(words);
    stop();
  }

  private synchronized void stop() {
    if (!isStopped && chain != null) {
      isStopped = true;
      beforehand.run();
      chain.close();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is at work and stops the chain; this thread only waits for it.
    }
    stop();
  }
}
