package org.sonograph.runtime.osc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sonograph.runtime.settings.OscConfig;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.runtime.settings.SettingsException;

@Timeout(20)
class OscServerTest {
  private static final int PATIENCE_MS = 10_000;

  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private final OscCodec codec = new OscCodec();
  private DatagramSocket client;
  private OscServer server;
  private int port;

  /** Writes down what it is asked for. */
  private final class Noting implements OscControl {
    @Override
    public Set<String> names() {
      return Set.of("prompt", "strength", "reading", "mix");
    }

    @Override
    public Collection<String> streams() {
      return List.of("foyer", "stairs");
    }

    @Override
    public void change(String stream, List<String> path, List<Object> arguments) {
      if (arguments.contains("bad")) {
        throw new IllegalArgumentException("bad, expected good");
      }
      changes.add(stream + " " + String.join("/", path) + " " + OscMessage.texts(arguments));
    }
  }

  @BeforeEach
  void listen() throws IOException {
    client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    client.setSoTimeout(PATIENCE_MS);
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server = OscServer.of(config("--osc.port=" + port));
    server.add(new Noting());
  }

  @AfterEach
  void close() {
    server.close();
    client.close();
  }

  @Test
  void changesWhatAMessageNames() throws Exception {
    send(codec.write(OscMessage.of("/sonograph/foyer/prompt", "kühles Licht")));
    assertThat(change()).isEqualTo("foyer prompt [kühles Licht]");

    send(codec.write(OscMessage.of("/sonograph/stairs/reading", "red", "voices")));
    assertThat(change()).isEqualTo("stairs reading [red, voices]");

    send(codec.write(OscMessage.of("/sonograph/foyer/mix/red", 0.25f)));
    assertThat(change()).isEqualTo("foyer mix/red [0.25]");
  }

  @Test
  void takesWholeFloatsAsWholeNumbers() throws Exception {
    send(codec.write(OscMessage.of("/sonograph/foyer/strength", 3f)));

    assertThat(change()).isEqualTo("foyer strength [3]");
  }

  @Test
  void reachesAllStreamsThatAPatternMeans() throws Exception {
    byte[] packet = codec.write(OscMessage.of("/sonograph/X/prompt", "rain"));
    packet["/sonograph/".length()] = '*';
    send(packet);

    assertThat(List.of(change(), change()))
        .containsExactlyInAnyOrder("foyer prompt [rain]", "stairs prompt [rain]");
  }

  @Test
  void takesTheMessagesOfABundleInOrder() throws Exception {
    byte[] one = codec.write(OscMessage.of("/sonograph/foyer/prompt", "one"));
    byte[] two = codec.write(OscMessage.of("/sonograph/foyer/prompt", "two"));
    ByteBuffer bundle = ByteBuffer.allocate(16 + 4 + one.length + 4 + two.length);
    bundle.put("#bundle\0".getBytes(StandardCharsets.US_ASCII)).putLong(1);
    bundle.putInt(one.length).put(one).putInt(two.length).put(two);
    send(bundle.array());

    assertThat(List.of(change(), change()))
        .containsExactly("foyer prompt [one]", "foyer prompt [two]");
  }

  @Test
  void answersWhatIsWrongAndGoesOn() throws Exception {
    assertThat(answerTo(codec.write(OscMessage.of("/sonograph/foyer/prompt", "bad"))))
        .containsExactly("/sonograph/foyer/prompt", "bad, expected good");
    assertThat(answerTo(codec.write(OscMessage.of("/sonograph/foyer/colour", "red"))).getLast())
        .asString()
        .contains("unknown: colour", "prompt");
    assertThat(answerTo(codec.write(OscMessage.of("/sonograph/cellar/prompt", "x"))).getLast())
        .asString()
        .contains("expected foyer, stairs");
    assertThat(answerTo(codec.write(OscMessage.of("/other", 1))).getFirst()).isEqualTo("/other");

    send(codec.write(OscMessage.of("/sonograph/foyer/prompt", "still here")));
    assertThat(change()).isEqualTo("foyer prompt [still here]");
  }

  @Test
  void outlivesWhatIsNoPacketAtAll() throws Exception {
    byte[] message = codec.write(OscMessage.of("/sonograph/foyer/prompt", "rain"));
    for (int cut = 4; cut < message.length; cut += 4) {
      send(java.util.Arrays.copyOf(message, cut));
    }
    send(new byte[0]);
    send(new byte[] {1, 2, 3});
    send("#bundle\0\0\0\0\0\0\0\0\1\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
    send("#bundle\0\0\0\0\0\0\0\0\1\177\0\0\0".getBytes(StandardCharsets.US_ASCII));
    send("/sonograph/foyer/prompt\0,[[[\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
    send("/sonograph/foyer/prompt\0,q\0\0".getBytes(StandardCharsets.US_ASCII));
    send("/sonograph/foyer/prompt\0,b\0\0\177\377\377\377".getBytes(StandardCharsets.ISO_8859_1));

    send(codec.write(OscMessage.of("/sonograph/foyer/prompt", "still here")));
    String last;
    do {
      last = change();
      // a message that was cut after its address has no arguments, or half of its text
      assertThat(last).startsWith("foyer prompt [");
    } while (!last.contains("still here"));
  }

  @Test
  void listensToThisMachineAlone() throws Exception {
    OscConfig config = config("--osc.port=" + port);

    assertThat(config.host()).isEqualTo("127.0.0.1");
  }

  @Test
  void saysWhatHoldsThePort() {
    try (OscServer second = OscServer.of(config("--osc.port=" + port))) {
      assertThatThrownBy(() -> second.add(new Noting()))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("UDP port " + port);
    }
  }

  @Test
  void tellsThoseWhoAreNamed() throws Exception {
    try (OscServer telling =
        OscServer.of(config("--osc.out=nobody.invalid:9,127.0.0.1:" + client.getLocalPort()))) {
      telling.out().orElseThrow().send(OscMessage.of("/sonograph/foyer/level", 0.5f));

      OscMessage told = receive();
      assertThat(told.address()).isEqualTo("/sonograph/foyer/level");
      assertThat(told.arguments()).containsExactly(0.5f);
    }
  }

  @Test
  void refusesAddressesThatAreNone() {
    assertThatThrownBy(() -> OscServer.of(config("--osc.out=localhost")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("expected HOST:PORT");
  }

  private static OscConfig config(String... flags) {
    return Settings.load(List.of(flags), Map.of(), List.of()).getConfigMapping(OscConfig.class);
  }

  private void send(byte[] packet) throws IOException {
    client.send(
        new DatagramPacket(packet, packet.length, new InetSocketAddress("127.0.0.1", port)));
  }

  private String change() throws InterruptedException {
    return changes.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  private List<Object> answerTo(byte[] packet) throws IOException {
    send(packet);
    OscMessage answer = receive();
    assertThat(answer.address()).isEqualTo(OscMessage.ERROR);
    return answer.arguments();
  }

  private OscMessage receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[OscCodec.MOST_BYTES], OscCodec.MOST_BYTES);
    try {
      client.receive(packet);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("nothing came", e);
    }
    return codec.read(packet.getData(), packet.getLength()).getFirst();
  }
}
