package org.sonograph.signal.loudness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sonograph.signal.Signals;

class LevelHistogramTest {

  private static List<LevelBand> of(float[]... channels) {
    LevelHistogram histogram = new LevelHistogram(48_000, channels.length);
    histogram.push(channels);
    histogram.finish();
    return histogram.bands();
  }

  @Test
  void findsASineInItsOctaveAtItsLevel() {
    // 1500 Hz lies on a bin; its octave reaches from 1318 to 2637 Hz
    List<LevelBand> bands = of(Signals.sine(48_000, 1500, 0.5, 480_000));
    LevelBand band =
        bands.stream().filter(b -> b.lowHz() < 1500 && b.highHz() > 1500).findFirst().orElseThrow();
    int top = band.firstDb() + band.counts().length - 1;
    assertThat(top).isBetween(-7, -6);
    assertThat(band.counts()[band.counts().length - 1]).isGreaterThan(200);
  }

  @Test
  void countsEveryBinOfNoise() {
    List<LevelBand> bands = of(Signals.noise(1, 0.5, 204_800));
    long counted = bands.stream().mapToLong(b -> Arrays.stream(b.counts()).sum()).sum();
    assertThat(counted).isEqualTo(100L * 2048);
  }

  @Test
  void countsNothingInSilence() {
    assertThat(of(new float[100_000], new float[100_000])).isEmpty();
    assertThat(of(new float[0])).isEmpty();
  }

  @Test
  void doesNotCareInWhatPiecesASoundArrives() {
    float[] sound = Signals.noise(3, 0.5, 200_001);
    LevelHistogram pieces = new LevelHistogram(48_000, 1);
    Random random = new Random(2);
    for (int from = 0; from < sound.length; ) {
      int until = Math.min(sound.length, from + random.nextInt(20_000));
      pieces.push(new float[][] {Arrays.copyOfRange(sound, from, until)});
      from = until;
    }
    pieces.finish();
    assertThat(pieces.bands()).isEqualTo(of(sound));
  }

  @Test
  void roundsDecibelsDown() {
    for (double db = -119.9; db < 30; db += 0.37) {
      assertThat(DbTable.floorDb((float) Math.pow(10, db / 10)))
          .isBetween((int) Math.floor(db - 0.01), (int) Math.floor(db + 0.01));
    }
    assertThat(DbTable.floorDb(0)).isLessThan(-500);
    assertThat(DbTable.floorDb(Float.NaN)).isLessThan(-500);
  }
}
