package org.sonograph.runtime.osc;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.settings.OscConfig;
import org.sonograph.runtime.settings.SettingsException;

/**
 * Open Sound Control of one service or several, in and out. It listens once the first control is
 * added, and where a port is set; whatever comes, it goes on listening.
 */
public final class OscServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OscServer.class);
  private static final long PAUSE_NANOS = 100_000_000;

  private final OscConfig config;
  private final OscRouter router = new OscRouter();
  private final Complaints complaints = new Complaints(System::nanoTime);
  private final Optional<OscSender> out;
  private Optional<DatagramSocket> socket = Optional.empty();
  private volatile boolean isClosed;

  private OscServer(OscConfig config) {
    this.config = config;
    this.out = config.out().map(OscSender::to);
  }

  /**
   * Opens what is told of.
   *
   * @throws SettingsException where addresses are none
   */
  public static OscServer of(OscConfig config) {
    return new OscServer(config);
  }

  /** Those who are told of what is heard, where there are any. */
  public Optional<OscSender> out() {
    return out;
  }

  /** Adds what can be changed, and listens from now on. */
  public synchronized void add(OscControl control) {
    router.add(control);
    if (config.port() == 0 || socket.isPresent() || isClosed) {
      return;
    }
    try {
      DatagramSocket opened =
          new DatagramSocket(new InetSocketAddress(config.host(), config.port()));
      socket = Optional.of(opened);
      Thread.ofPlatform().name("osc").daemon().start(() -> listen(opened));
      LOG.info("OSC is listened to at {} port {}", config.host(), opened.getLocalPort());
    } catch (SocketException | IllegalArgumentException e) {
      throw new SettingsException(
          "cannot listen on %s UDP port %d: %s; set sonograph.osc.port (0 = none)"
              .formatted(config.host(), config.port(), e.getMessage()),
          e);
    }
  }

  private void listen(DatagramSocket opened) {
    OscCodec codec = new OscCodec();
    byte[] buffer = new byte[OscCodec.MOST_BYTES];
    while (!isClosed) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        opened.receive(packet);
        take(codec, opened, packet);
      } catch (IOException e) {
        if (!isClosed) {
          complaints.warn("OSC cannot be received: " + e.getMessage());
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private void take(OscCodec codec, DatagramSocket opened, DatagramPacket packet) {
    SocketAddress sender = packet.getSocketAddress();
    List<OscMessage> messages;
    try {
      messages = codec.read(packet.getData(), packet.getLength());
    } catch (IllegalArgumentException e) {
      answer(codec, opened, sender, new OscRouter.Refusal("", e.getMessage()));
      return;
    }
    for (OscMessage message : messages) {
      router.take(message).forEach(refusal -> answer(codec, opened, sender, refusal));
    }
  }

  private void answer(
      OscCodec codec, DatagramSocket opened, SocketAddress sender, OscRouter.Refusal refusal) {
    complaints.warn("OSC from %s: %s: %s".formatted(sender, refusal.address(), refusal.reason()));
    try {
      byte[] bytes =
          codec.write(OscMessage.of(OscMessage.ERROR, refusal.address(), refusal.reason()));
      opened.send(new DatagramPacket(bytes, bytes.length, sender));
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("an answer to {} is lost: {}", sender, e.toString());
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    socket.ifPresent(DatagramSocket::close);
    out.ifPresent(OscSender::close);
  }
}
