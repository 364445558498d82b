package org.sonograph.runtime.osc;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.settings.SettingsException;

/**
 * Tells some addresses. Never holds up who has something to tell: what cannot be sent now is not
 * sent, and a host whose name is not known yet is asked for again every ten seconds.
 */
public final class OscSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OscSender.class);
  private static final Pattern TARGET = Pattern.compile("(?:\\[(.+)]|([^:\\s]+)):(\\d{1,5})");
  private static final int MOST_WAITING = 256;
  private static final int HIGHEST_PORT = 65_535;
  private static final long ASK_AGAIN_NANOS = 10_000_000_000L;

  private final List<InetSocketAddress> targets;
  private final BlockingQueue<OscMessage> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Map<InetSocketAddress, InetSocketAddress> resolved = new HashMap<>();
  private final Map<InetSocketAddress, Long> asked = new HashMap<>();
  private final Complaints complaints = new Complaints(System::nanoTime);
  private final DatagramSocket socket;
  private final Thread thread;

  private OscSender(List<InetSocketAddress> targets) throws SocketException {
    this.targets = targets;
    this.socket = new DatagramSocket();
    this.thread = Thread.ofPlatform().name("osc-out").daemon().start(this::run);
  }

  /**
   * A sender.
   *
   * @param text {@code HOST:PORT}, by commas
   * @throws SettingsException where it is not that
   */
  static OscSender to(String text) {
    try {
      return new OscSender(targets(text));
    } catch (SocketException e) {
      throw new SettingsException("sonograph.osc.out: no UDP socket: " + e.getMessage(), e);
    }
  }

  private static List<InetSocketAddress> targets(String text) {
    List<InetSocketAddress> targets = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher target = TARGET.matcher(part.strip());
      int port = target.matches() ? Integer.parseInt(target.group(3)) : 0;
      if (port < 1 || port > HIGHEST_PORT) {
        throw new SettingsException(
            "sonograph.osc.out=%s: '%s', expected HOST:PORT by commas".formatted(text, part));
      }
      String host = target.group(1) == null ? target.group(2) : target.group(1);
      targets.add(InetSocketAddress.createUnresolved(host, port));
    }
    return targets;
  }

  /** Tells it; returns at once. */
  public void send(OscMessage message) {
    waiting.offer(message);
  }

  private void run() {
    OscCodec codec = new OscCodec();
    try {
      while (true) {
        byte[] bytes = codec.write(waiting.take());
        targets.forEach(target -> send(bytes, target));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("nobody is told over OSC any more: {}", e.toString(), e);
    }
  }

  private void send(byte[] bytes, InetSocketAddress target) {
    try {
      InetSocketAddress known = resolved.get(target);
      if (known == null) {
        known = ask(target);
        resolved.put(target, known);
      }
      if (!known.isUnresolved()) {
        socket.send(new DatagramPacket(bytes, bytes.length, known));
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        complaints.warn("OSC to %s is not sent: %s".formatted(target, e.getMessage()));
      }
    }
    long now = System.nanoTime();
    InetSocketAddress known = resolved.get(target);
    if (known == null || known.isUnresolved() && now - asked.get(target) > ASK_AGAIN_NANOS) {
      resolved.remove(target);
    }
  }

  private InetSocketAddress ask(InetSocketAddress target) {
    asked.put(target, System.nanoTime());
    try {
      return new InetSocketAddress(InetAddress.getByName(target.getHostString()), target.getPort());
    } catch (UnknownHostException e) {
      complaints.warn(
          "OSC goes to %s once that name is known: %s".formatted(target, e.getMessage()));
      return target;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    socket.close();
  }
}
