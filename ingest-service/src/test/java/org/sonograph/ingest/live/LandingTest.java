package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LandingTest {
  private static final int RATE = 8_000;
  private static final EndlessFeed.Margins MARGINS = EndlessFeed.Margins.of(RATE);
  private static final int PIECE = 160;

  private float next;

  private float[][] piece(int count) {
    float[][] piece = new float[1][count];
    for (int i = 0; i < count; i++) {
      piece[0][i] = next++;
    }
    return piece;
  }

  private static long ms(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  private Landing landing(boolean hasPast) {
    return new Landing(1, RATE, MARGINS, hasPast, 0);
  }

  /** Real time from a moment on; when it was over, ms. */
  private long inRealTime(Landing landing, long fromMs) throws InterruptedException {
    long now = fromMs;
    do {
      now += 20;
    } while (!landing.add(piece(PIECE), ms(now)));
    return now;
  }

  @Test
  void ofWhatTheServerHasKeptOnlyTheNewestIsTaken() throws InterruptedException {
    Landing landing = landing(true);
    for (int i = 0; i < 150; i++) {
      assertThat(landing.add(piece(PIECE), ms(i))).isFalse();
    }
    assertThat(inRealTime(landing, 150)).isBetween(900L, 1100L);
    assertThat(landing.kept()[0]).hasSize(MARGINS.cushion() + MARGINS.fade()).endsWith(next - 1);
  }

  @Test
  void withoutAPastItIsOverOnceTheCushionIsThere() throws InterruptedException {
    Landing landing = landing(true);
    assertThat(inRealTime(landing, 0)).isBetween(1150L, 1600L);
    assertThat(landing.kept()[0]).hasSize(MARGINS.cushion() + MARGINS.fade()).endsWith(next - 1);
  }

  @Test
  void aServerThatIsAlwaysAheadIsTakenAsItIs() throws InterruptedException {
    Landing landing = landing(true);
    for (int i = 1; i < 500; i++) {
      assertThat(landing.add(piece(4 * PIECE), ms(10L * i))).isFalse();
    }
    assertThat(landing.add(piece(4 * PIECE), ms(5000))).isTrue();
  }

  @Test
  void ofASourceWithoutPastNothingIsLost() throws InterruptedException {
    Landing landing = landing(false);
    for (int i = 0; i < 2; i++) {
      assertThat(landing.add(piece(PIECE), 0)).isFalse();
    }
    assertThat(landing.add(piece(PIECE), 0)).isTrue();
    assertThat(landing.kept()[0]).hasSize(3 * PIECE).startsWith(0).endsWith(3 * PIECE - 1);
  }

  @Test
  void whatIsThereFadesIntoWhatIsAdded() throws InterruptedException {
    SoundRing ring = new SoundRing(1, 1000);
    float[][] ones = {new float[500]};
    Arrays.fill(ones[0], 1);
    ring.put(ones);
    ring.splice(new float[][] {new float[300]}, 100);
    float[] heard = ring.take(ring.available())[0];
    assertThat(heard).hasSize(700);
    for (int i = 1; i < heard.length; i++) {
      assertThat(heard[i - 1] - heard[i]).isBetween(0f, 0.02f);
    }
    ring.put(new float[][] {new float[99]});
    ring.splice(ones, 100);
    assertThat(ring.available()).isEqualTo(500);
  }
}
