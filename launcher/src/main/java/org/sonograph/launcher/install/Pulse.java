package org.sonograph.launcher.install;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that all is well, as long as it is: that the start is over, and then signs of life,
 * without which systemd kills the service and starts it again.
 *
 * <p>Java knows no datagrams to local sockets, which systemd listens to, so its own command {@code
 * systemd-notify} sends them.
 */
public final class Pulse implements AutoCloseable {
  /** Time without a sign of life after which a service is killed. */
  static final Duration WATCHDOG = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final Duration BEAT = Duration.ofSeconds(20);
  private static final Duration FIRST_BEAT = Duration.ofSeconds(1);
  private static final long ANSWER_S = 10;

  private final BooleanSupplier isWell;
  private final Teller teller;
  private final Thread thread;
  private boolean isStarted;
  private boolean wasWell = true;

  /** Sends words to systemd. */
  @FunctionalInterface
  interface Teller {
    void tell(String words) throws IOException, InterruptedException;
  }

  Pulse(BooleanSupplier isWell, Teller teller) {
    this.isWell = isWell;
    this.teller = teller;
    this.thread = Thread.ofPlatform().name("systemd").daemon().unstarted(this::run);
  }

  /** Beats for systemd, if it is systemd that has started this process. */
  public static Pulse of(Map<String, String> environment, BooleanSupplier isWell) {
    Pulse pulse = new Pulse(isWell, Pulse::notifySystemd);
    if (!environment.getOrDefault(SOCKET, "").isEmpty()) {
      pulse.thread.start();
    }
    return pulse;
  }

  private void run() {
    try {
      while (true) {
        beat();
        Thread.sleep(isStarted ? BEAT : FIRST_BEAT);
      }
    } catch (InterruptedException e) {
      LOG.debug("systemd hears no more of it");
    }
  }

  /** One look, and a sign of life if all is well. */
  void beat() throws InterruptedException {
    boolean now = isWell.getAsBoolean();
    if (isStarted && now != wasWell) {
      LOG.warn(now ? "all is well again" : "not well: systemd gets no sign of life");
    }
    wasWell = now;
    if (!now) {
      return;
    }
    try {
      teller.tell(isStarted ? "WATCHDOG=1" : "READY=1");
      isStarted = true;
    } catch (IOException e) {
      LOG.warn("systemd cannot be told: {}", e.getMessage());
    }
  }

  private static void notifySystemd(String words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("systemd-notify", words))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(ANSWER_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("systemd-notify does not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException("systemd-notify ended with " + process.exitValue());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
