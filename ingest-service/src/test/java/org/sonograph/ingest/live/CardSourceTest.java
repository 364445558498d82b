package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.TargetDataLine;
import org.junit.jupiter.api.Test;

/** Against a line that is none; a real sound server was tried by hand. */
class CardSourceTest {
  private static final AudioFormat STEREO = new AudioFormat(44_100, 16, 2, true, false);
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final Deque<byte[]> recorded = new ArrayDeque<>();

  private TargetDataLine line() {
    return (TargetDataLine)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TargetDataLine.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "available" -> recorded.isEmpty() ? 0 : recorded.peek().length;
                  case "read" -> read((byte[]) arguments[0], (int) arguments[2]);
                  case "getFormat" -> STEREO;
                  case "isOpen" -> true;
                  default -> null;
                });
  }

  private int read(byte[] into, int length) {
    byte[] piece = recorded.remove();
    System.arraycopy(piece, 0, into, 0, length);
    return length;
  }

  @Test
  void samplesComeInterleaved() throws Exception {
    recorded.add(new byte[] {0, 64, 0, (byte) 192, 0, 32, 0, 0});
    CardSource.Feed feed = new CardSource.Feed(line(), 2, PATIENCE);
    assertThat(feed.sampleRateHz()).isEqualTo(44_100);
    assertThat(feed.read().orElseThrow()).containsExactly(.5f, -.5f, .25f, 0);
  }

  @Test
  void aCardThatSaysNothingIsLost() {
    CardSource.Feed feed = new CardSource.Feed(line(), 2, PATIENCE);
    assertThatThrownBy(feed::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("was lost: the card has sent nothing");
  }

  @Test
  void aCardIsNamedByPartOfItsName() {
    assertThat(CardSource.isNamedBy("card")).isTrue();
    assertThat(CardSource.isNamedBy("cards")).isFalse();
    assertThat(CardSource.cardOf("card")).isEqualTo("default");
    assertThat(CardSource.cardOf("card:")).isEqualTo("default");
    assertThat(CardSource.cardOf("card:Scarlett 2i2")).isEqualTo("Scarlett 2i2");
  }

  @Test
  void aCardThatIsNotThereSaysWhichAre() {
    CardSource source = new CardSource("no such card", 48_000, 2, PATIENCE);
    assertThatThrownBy(() -> source.open(title -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("is not to be had: no card is called no such card");
  }
}
