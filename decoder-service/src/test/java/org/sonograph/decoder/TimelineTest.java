package org.sonograph.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.sonograph.signal.sound.Sound;

class TimelineTest {
  private static final int RATE = 8_000;
  private static final int OVERLAP = 1_000;
  private static final int LENGTH = 4_000;

  private static Piece piece(float[] whole, int start, int length) {
    float[] samples = Arrays.copyOfRange(whole, start, start + length);
    return new Piece("chirp", Sound.mono(RATE, samples), OVERLAP, 256, new byte[0], new byte[0]);
  }

  private static float[] noise(int samples, double amplitude) {
    Random random = new Random(5);
    float[] out = new float[samples];
    for (int i = 0; i < samples; i++) {
      out[i] = (float) (amplitude * (2 * random.nextDouble() - 1));
    }
    return out;
  }

  private static float[] laid(List<Stretch> stretches) {
    long end = stretches.getLast().startSample() + stretches.getLast().samples();
    float[] out = new float[(int) end];
    long at = stretches.getFirst().startSample();
    for (Stretch stretch : stretches) {
      assertThat(stretch.startSample()).isEqualTo(at);
      stretch
          .sound()
          .ifPresent(
              s ->
                  System.arraycopy(
                      s.channels()[0], 0, out, (int) stretch.startSample(), s.length()));
      at += stretch.samples();
    }
    return out;
  }

  @Test
  void equalOverlapsBelowTheCeilingPassUnchanged() {
    float[] whole = noise(10_000, 0.2);
    Timeline timeline = Timeline.limited(RATE, 1, 0);
    List<Stretch> out = new ArrayList<>();
    out.add(timeline.append(piece(whole, 0, LENGTH)));
    out.add(timeline.append(piece(whole, 3_000, LENGTH)));
    out.add(timeline.appendLast(piece(whole, 6_000, 4_000)));
    float[] joined = laid(out);
    assertThat(joined).hasSize(10_000);
    for (int i = 0; i < joined.length; i++) {
      assertThat(joined[i]).isCloseTo(whole[i], Offset.offset(1e-6f));
    }
  }

  @Test
  void goesOnFromItsBytesAsIfNothingHadHappened() {
    float[] whole = noise(10_000, 2);
    Timeline kept = Timeline.limited(RATE, 1, 0);
    Timeline stored = Timeline.limited(RATE, 1, 0);
    List<Stretch> a = new ArrayList<>();
    List<Stretch> b = new ArrayList<>();
    for (int start : new int[] {0, 3_000}) {
      a.add(kept.append(piece(whole, start, LENGTH)));
      b.add(stored.append(piece(whole, start, LENGTH)));
      stored = Timeline.fromBytes(stored.toBytes());
    }
    a.add(kept.silence(3_000));
    b.add(stored.silence(3_000));
    stored = Timeline.fromBytes(stored.toBytes());
    a.add(kept.appendLast(piece(whole, 6_000, 4_000)));
    b.add(stored.appendLast(piece(whole, 6_000, 4_000)));
    assertThat(b).isEqualTo(a);
  }

  @Test
  void plainSoundPassesToTheBit() {
    float[] whole = noise(4_000, 3);
    Timeline timeline = Timeline.plain(24_000, 1, 0);
    Stretch out =
        timeline.appendLast(
            new Piece("red", Sound.mono(24_000, whole), 0, 0, new byte[0], new byte[0]));
    assertThat(Arrays.mismatch(out.sound().orElseThrow().channels()[0], whole)).isEqualTo(-1);
  }

  @Test
  void lengthsAddUpHoweverSilenceFalls() {
    float[] whole = noise(40_000, 0.5);
    for (int pattern = 0; pattern < 64; pattern++) {
      Timeline timeline = Timeline.limited(RATE, 1, 0);
      List<Stretch> out = new ArrayList<>();
      for (int k = 0; k < 6; k++) {
        boolean sounds = (pattern >> k & 1) == 1;
        if (k < 5) {
          out.add(
              sounds ? timeline.append(piece(whole, 3_000 * k, LENGTH)) : timeline.silence(3_000));
        } else if (sounds) {
          out.add(timeline.appendLast(piece(whole, 15_000, 2_345)));
        } else {
          out.add(timeline.silence(2_345).then(timeline.finish()));
        }
      }
      assertThat(laid(out)).hasSize(17_345);
    }
  }

  @Test
  void neverExceedsTheCeiling() {
    float[] whole = noise(10_000, 4);
    Timeline timeline = Timeline.limited(RATE, 1, 0);
    List<Stretch> out = new ArrayList<>();
    out.add(timeline.append(piece(whole, 0, LENGTH)));
    out.add(timeline.silence(3_000));
    out.add(timeline.appendLast(piece(whole, 6_000, 4_000)));
    for (float v : laid(out)) {
      assertThat(Math.abs(v)).isLessThanOrEqualTo((float) Math.pow(10, -1 / 20.0) + 1e-6f);
    }
  }

  @Test
  void withoutOverlapNothingIsFaded() {
    float[] whole = noise(8_000, 0.2);
    Timeline timeline = Timeline.limited(RATE, 1, 0);
    List<Stretch> out = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      Sound sound = Sound.mono(RATE, Arrays.copyOfRange(whole, 4_000 * k, 4_000 * k + 4_000));
      Piece piece = new Piece("chirp", sound, 0, 256, new byte[0], new byte[0]);
      out.add(k == 0 ? timeline.append(piece) : timeline.appendLast(piece));
    }
    assertThat(Arrays.mismatch(laid(out), whole)).isEqualTo(-1);
  }
}
