package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndlessFeedTest {
  private static final int RATE = 8_000;
  private static final int BLOCK = 160;
  private static final EndlessFeed.Margins MARGINS = EndlessFeed.Margins.of(RATE);

  /** A tone's largest step from one sample to the next, with room for crossfades. */
  private static final double STEADY = 0.2;

  private final SoundRing ring = new SoundRing(1, 30 * RATE);
  private long sung;

  private void sing(int samples) throws InterruptedException {
    float[] tone = new float[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * 220 * sung++ / RATE));
    }
    ring.put(new float[][] {tone});
  }

  private static float[] listen(EndlessFeed feed, int samples) {
    float[] all = new float[samples];
    for (int at = 0; at < samples; at += BLOCK) {
      System.arraycopy(feed.next(BLOCK)[0], 0, all, at, BLOCK);
    }
    return all;
  }

  private static double largestStep(float[] sound) {
    double largest = 0;
    for (int i = 1; i < sound.length; i++) {
      largest = Math.max(largest, Math.abs(sound[i] - sound[i - 1]));
    }
    return largest;
  }

  private static double loudest(float[] sound) {
    double loudest = 0;
    for (float v : sound) {
      loudest = Math.max(loudest, Math.abs(v));
    }
    return loudest;
  }

  @Test
  void aSourceThatGoesAndComesBackMakesNoClick() throws InterruptedException {
    EndlessFeed feed = new EndlessFeed(ring, Replacement.silence(1), MARGINS);
    assertThat(loudest(listen(feed, RATE))).isZero();
    sing(3 * RATE);
    float[] there = listen(feed, 2 * RATE);
    assertThat(feed.isSourceThere()).isTrue();
    assertThat(loudest(there)).isGreaterThan(0.49);
    float[] gone = listen(feed, 3 * RATE);
    assertThat(feed.isSourceThere()).isFalse();
    assertThat(gone[gone.length - 1]).isZero();
    sing(3 * RATE);
    float[] back = listen(feed, RATE);
    assertThat(feed.isSourceThere()).isTrue();
    for (float[] part : new float[][] {there, gone, back}) {
      assertThat(largestStep(part)).isLessThan(STEADY);
    }
  }

  @Test
  void itsLastMinutesGoRoundWithoutAClick() throws InterruptedException {
    LastMinutes loop = new LastMinutes(1, 2 * RATE, MARGINS.fade());
    EndlessFeed feed = new EndlessFeed(ring, loop, MARGINS);
    sing(5 * RATE);
    assertThat(largestStep(listen(feed, 5 * RATE))).isLessThan(STEADY);
    assertThat(feed.isSourceThere()).isFalse();
    float[] looped = listen(feed, 20 * RATE);
    assertThat(largestStep(looped)).isLessThan(STEADY);
    for (int second = 1; second < 20; second++) {
      float[] part = java.util.Arrays.copyOfRange(looped, second * RATE, (second + 1) * RATE);
      assertThat(loudest(part)).isGreaterThan(0.45);
    }
  }

  @Test
  void aFullMemoryStaysStillWhileItPlays() throws InterruptedException {
    LastMinutes loop = new LastMinutes(1, 2 * RATE, MARGINS.fade());
    EndlessFeed feed = new EndlessFeed(ring, loop, MARGINS);
    for (int loss = 0; loss < 5; loss++) {
      sing(3 * RATE + loss * 37);
      assertThat(largestStep(listen(feed, 9 * RATE))).as("loss " + loss).isLessThan(STEADY);
      assertThat(feed.isSourceThere()).isFalse();
    }
  }

  @Test
  void whatIsTooOldWhenTheSourceIsBackIsDropped() throws InterruptedException {
    EndlessFeed feed = new EndlessFeed(ring, Replacement.silence(1), MARGINS);
    sing(25 * RATE);
    listen(feed, BLOCK);
    assertThat(ring.available()).isLessThanOrEqualTo(MARGINS.most());
  }
}
