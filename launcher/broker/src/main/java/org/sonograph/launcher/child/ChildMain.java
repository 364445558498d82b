package org.sonograph.launcher.child;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;

/**
 * Runs another main class, and ends this process when the parent is gone.
 *
 * <p>The parent holds the other end of standard input and never writes to it: its end, by whatever
 * death, is the end of the parent. Usage: {@code ChildMain MAIN_CLASS ARGUMENT...}
 */
public final class ChildMain {
  /** An orderly stop that takes longer than this is cut short. */
  static final Duration GRACE = Duration.ofSeconds(25);

  private ChildMain() {}

  public static void main(String[] args) throws Throwable {
    Thread watch = new Thread(ChildMain::watchParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Method main = Class.forName(args[0]).getMethod("main", String[].class);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void watchParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said on this pipe; only its end counts.
      }
    } catch (IOException e) {
      // A broken pipe says the same as a closed one.
    }
    Thread halt = new Thread(ChildMain::haltAfterGrace, "parent-gone");
    halt.setDaemon(true);
    halt.start();
    Runtime.getRuntime().exit(0);
  }

  private static void haltAfterGrace() {
    try {
      Thread.sleep(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
