package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SoundCardTest {
  private static final OutputGrid GRID = OutputGrid.STANDARD;

  /** A card without hardware: it keeps what it is given, and can be pulled out. */
  private static final class PulledCard implements CardLines {
    final BlockingQueue<byte[]> written = new LinkedBlockingQueue<>();
    volatile boolean isThere = true;
    volatile int openings;

    @Override
    public CardLine open(int channels) throws IOException {
      if (!isThere) {
        throw new IOException("it is not there");
      }
      openings++;
      return new CardLine() {
        @Override
        public void write(byte[] frames) throws IOException {
          if (!isThere) {
            throw new IOException("it was pulled out");
          }
          written.add(frames);
        }

        @Override
        public void close() {}
      };
    }
  }

  private static LiveBlock block(float value) {
    float[][] sound = new float[2][GRID.blockFrames()];
    Arrays.fill(sound[0], value);
    Arrays.fill(sound[1], value / 2);
    return new LiveBlock(
        sound, sound, Map.of("voices", sound), Source.Kind.LIVE, Heard.ofNoTake(Source.Kind.LIVE));
  }

  private static byte[] next(PulledCard card, SoundCard playing) throws InterruptedException {
    while (true) {
      playing.block(block(0.5f));
      byte[] frames = card.written.poll(10, TimeUnit.MILLISECONDS);
      if (frames != null && frames.length > 0 && frames[frames.length - 1] != 0) {
        return frames;
      }
    }
  }

  @Test
  void playsAndGoesOnWhenTheCardComesBack() throws Exception {
    PulledCard card = new PulledCard();
    try (SoundCard playing = new SoundCard(card, Routes.parse(""), 10)) {
      byte[] frames = next(card, playing);
      assertThat(frames).hasSize(GRID.blockFrames() * 4);
      assertThat(playing.problem()).isEmpty();
      card.isThere = false;
      while (playing.problem().isEmpty()) {
        playing.block(block(0.5f));
        Thread.onSpinWait();
      }
      card.written.clear();
      card.isThere = true;
      next(card, playing);
      assertThat(card.openings).isEqualTo(2);
    }
  }

  @Test
  void sendsReadingsToTheirChannels() {
    Routes routes = Routes.parse("voices=3, bells=1-2");
    assertThat(routes.count()).isEqualTo(3);
    float[][] out = routes.apply(block(0.5f));
    assertThat(out[0][7]).isZero();
    assertThat(out[2][7]).isEqualTo(0.375f);
    assertThat(Routes.parse("").apply(block(0.5f))[1][7]).isEqualTo(0.25f);
    assertThat(Routes.parse("voices=2-1").channels().get("voices")).isEqualTo(List.of(1, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"voices", "voices=0", "voices=1-1", "a=1,b=1", "a=1,a=2", "a=1,", "a=99"})
  void refusesARouteThatLeadsNowhere(String text) {
    assertThatThrownBy(() -> Routes.parse(text)).hasMessageContaining("expected reading=channel");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-300, 0, 300})
  void followsTheCardsClockWithoutAClick(double partsPerMillion) {
    OutputGrid grid = new OutputGrid(8000);
    Elastic elastic = new Elastic(grid, 1);
    double hz = 50;
    long pushed = 0;
    float[] last = new float[2];
    double worst = 0;
    double fullest = 0;
    double emptiest = 1;
    long reads = 1800 * 100L;
    for (long r = 0; r < reads; r++) {
      double cardSeconds = r * 0.01 * (1 + partsPerMillion * 1e-6);
      while (pushed * 0.01 <= cardSeconds) {
        float[][] block = new float[1][grid.blockFrames()];
        for (int i = 0; i < block[0].length; i++) {
          double t = (double) (pushed * grid.blockFrames() + i) / grid.rateHz();
          block[0][i] = (float) LiveSounds.sine(hz).applyAsDouble(t);
        }
        assertThat(elastic.push(block)).isTrue();
        pushed++;
      }
      assertThat(elastic.has(grid.blockFrames())).isTrue();
      for (float v : elastic.read(grid.blockFrames())[0]) {
        if (r > 100) {
          worst = Math.max(worst, Math.abs(v - 2.0 * last[1] + last[0]));
        }
        last[0] = last[1];
        last[1] = v;
      }
      if (r > reads / 2) {
        fullest = Math.max(fullest, elastic.seconds());
        emptiest = Math.min(emptiest, elastic.seconds());
      }
    }
    assertThat(worst).isLessThan(1.1 * LiveSounds.roughness(hz, grid.rateHz()));
    assertThat(fullest).isCloseTo(Elastic.TARGET_SECONDS, within(0.05));
    assertThat(emptiest).isCloseTo(Elastic.TARGET_SECONDS, within(0.05));
  }
}
