package org.sonograph.signal.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sonograph.signal.Signals;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.sound.Sound;

class ColourTest {
  private static final int RATE = 48_000;
  private static final int COLUMNS = 96;
  private static final int HOP = 576;
  private static final SpectrogramProfile STEREO =
      SpectrogramProfile.TAPE.withColour(Colour.STEREO);
  private static final SpectrogramProfile PARTS = SpectrogramProfile.TAPE.withColour(Colour.PARTS);
  private static final int CONTEXT = PARTS.contextSamples();
  private static final int LENGTH = COLUMNS * HOP + 2 * CONTEXT;

  private static Picture drawn(SpectrogramProfile profile, double whiteDb, float[]... channels) {
    return TapeSpectrogram.picture(
        new Sound(RATE, channels), CONTEXT, COLUMNS * HOP, profile.inversion(whiteDb));
  }

  /** Share of the picture's power that lies in each channel. */
  private static double[] shares(Picture picture, Inversion inversion) {
    double perPixel = (inversion.whiteDb() - inversion.blackDb()) / 255;
    double[] power = new double[3];
    for (int x = 0; x < COLUMNS; x++) {
      for (int y = 0; y < picture.height(); y++) {
        for (int c = 0; c < 3; c++) {
          int pixel = picture.at(x, y, c);
          power[c] += pixel == 0 ? 0 : Math.pow(10, pixel * perPixel / 10);
        }
      }
    }
    double sum = Arrays.stream(power).sum();
    return Arrays.stream(power).map(p -> p / sum).toArray();
  }

  private static float[] sine(double hz) {
    return Signals.sine(RATE, hz, 0.3, LENGTH);
  }

  private static float[] clicks() {
    float[] out = new float[LENGTH];
    for (int at = CONTEXT + 10_000; at < LENGTH; at += 24_000) {
      out[at] = 0.9f;
    }
    return out;
  }

  private static float[] noise(long seed) {
    Random random = new Random(seed);
    float[] out = new float[LENGTH];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (0.1 * random.nextGaussian());
    }
    return out;
  }

  @Test
  void paintsASteadyToneRed() {
    double[] shares = shares(drawn(PARTS, 0, sine(740)), PARTS.inversion(0));
    assertThat(shares[0]).isGreaterThan(0.999);
  }

  @Test
  void paintsAClickGreen() {
    double[] shares = shares(drawn(PARTS, -20, clicks()), PARTS.inversion(-20));
    assertThat(shares[1]).isGreaterThan(0.999);
  }

  @Test
  void paintsNoiseBlue() {
    double[] shares = shares(drawn(PARTS, -10, noise(3)), PARTS.inversion(-10));
    assertThat(shares[2]).isGreaterThan(0.8);
  }

  @Test
  void partsOfASumAreItsSummands() {
    float[] tone = sine(740);
    float[] click = clicks();
    float[] both = new float[LENGTH];
    for (int i = 0; i < both.length; i++) {
      both[i] = tone[i] + click[i];
    }
    Picture sum = drawn(PARTS, 0, both);
    Picture alone = drawn(PARTS, 0, tone);
    int row = 511 - (int) PARTS.frequencyAxis().height(740);
    for (int x = 0; x < COLUMNS; x++) {
      // the tone's own row stays red, also while the click sounds
      assertThat(sum.at(x, row, 0)).isCloseTo(alone.at(x, row, 0), within(6));
    }
    int clickAt = 10_000 / HOP;
    int high = 511 - (int) PARTS.frequencyAxis().height(4000);
    assertThat(sum.at(clickAt, high, 1)).isGreaterThan(50);
    assertThat(sum.at(clickAt, high, 0)).isZero();
  }

  @Test
  void powersOfThePartsSumToTheWhole() {
    float[] noise = noise(4);
    Inversion inversion = PARTS.inversion(-10);
    double[][] whole =
        TapeSpectrogram.magnitudes(
            drawn(SpectrogramProfile.TAPE, -10, noise), ChannelMix.LEFT, inversion);
    double[][] summed =
        TapeSpectrogram.magnitudes(drawn(PARTS, -10, noise), PARTS.colour().left(), inversion);
    for (int x = 0; x < COLUMNS; x++) {
      for (int k = 20; k < 800; k += 20) {
        // a pixel is 0.27 dB, and each part is rounded
        assertThat(20 * Math.log10(summed[x][k] / whole[x][k])).isCloseTo(0, within(0.4));
      }
    }
  }

  @Test
  void paintsTheSameColoursInBothPicturesOfAnOverlap() {
    ChunkGrid grid = PARTS.grid();
    int n = (int) grid.startSample(2) + grid.overlapSamples() / 2;
    float[] sound = Signals.noise(7, 0.1, n);
    float[] tone = Signals.sine(RATE, 330, 0.2, n);
    for (int i = 0; i < n; i++) {
      sound[i] += tone[i] + (i % 17_000 == 0 ? 0.8f : 0);
    }
    Picture[] pictures = new Picture[3];
    for (int k = 0; k < 2; k++) {
      int start = (int) grid.startSample(k);
      int length = (int) grid.lengthSamples(k, n);
      int from = Math.max(0, start - CONTEXT);
      Sound piece =
          Sound.mono(RATE, Arrays.copyOfRange(sound, from, Math.min(n, start + length + CONTEXT)));
      pictures[k] = TapeSpectrogram.picture(piece, start - from, length, PARTS.inversion(-20));
    }
    assertThat(pictures[0].channels()).isEqualTo(3);
    assertThat(pictures[0].columns(448, 64)).isEqualTo(pictures[1].columns(0, 64));
  }

  @Test
  void paintsWhatIsLeftAloneRed() {
    Picture picture = drawn(STEREO, 0, sine(740), new float[LENGTH]);
    assertThat(shares(picture, STEREO.inversion(0))[0]).isEqualTo(1);
    assertThat(shares(drawn(STEREO, 0, new float[LENGTH], sine(740)), STEREO.inversion(0))[1])
        .isEqualTo(1);
  }

  @Test
  void paintsWhatBothSidesShareGrey() {
    Picture both = drawn(STEREO, 0, noise(5), noise(5));
    assertThat(both).isEqualTo(drawn(SpectrogramProfile.TAPE, 0, noise(5)).toRgb());
  }

  @Test
  void monoIsGreyInStereo() {
    assertThat(drawn(STEREO, 0, noise(5))).isEqualTo(drawn(SpectrogramProfile.TAPE, 0, noise(5)));
  }

  @Test
  void theUsualMixGivesBothSidesBack() {
    // from the left to the right
    float[] left = noise(6);
    float[] right = noise(7);
    for (int i = 0; i < LENGTH; i++) {
      double pan = (double) i / LENGTH;
      right[i] *= (float) pan;
      left[i] *= (float) (1 - pan);
    }
    Inversion inversion = STEREO.inversion(0);
    Picture picture = drawn(STEREO, 0, left, right);
    double[][][] found = {
      TapeSpectrogram.magnitudes(picture, ChannelMix.LEFT, inversion),
      TapeSpectrogram.magnitudes(picture, ChannelMix.RIGHT, inversion)
    };
    double[][][] wanted = {
      TapeSpectrogram.magnitudes(drawn(STEREO, 0, left), ChannelMix.RED, inversion),
      TapeSpectrogram.magnitudes(drawn(STEREO, 0, right), ChannelMix.RED, inversion)
    };
    for (int side = 0; side < 2; side++) {
      for (int x = 0; x < COLUMNS; x++) {
        for (int k = 30; k < 800; k += 30) {
          // a pixel is 0.27 dB; what is all but black is rounded coarsely
          if (wanted[side][x][k] > 5) {
            assertThat(20 * Math.log10(found[side][x][k] / wanted[side][x][k]))
                .isCloseTo(0, within(0.3));
          }
        }
      }
    }
  }

  @Test
  void noPartIsBrighterThanTheWhole() {
    float[] noise = noise(8);
    Picture whole = drawn(SpectrogramProfile.TAPE, -10, noise);
    Picture parts = drawn(PARTS, -10, noise);
    for (int x = 0; x < COLUMNS; x++) {
      for (int y = 0; y < 512; y++) {
        for (int c = 0; c < 3; c++) {
          assertThat(parts.at(x, y, c)).isLessThanOrEqualTo(whole.at(x, y, 0));
        }
      }
    }
  }

  @Test
  void whatLiesOnOneSideIsDrawnAboveItsOwnLevel() {
    float[] tone = sine(740);
    Picture alone = drawn(STEREO, 10, tone);
    Picture left = drawn(STEREO, 10, tone, new float[LENGTH]);
    int row = 511 - (int) STEREO.frequencyAxis().height(740);
    // 3.5 dB of 70: half as much again as an amplitude
    assertThat(left.at(40, row, 0) - alone.at(40, row, 0)).isBetween(12, 13);
  }

  @Test
  void notebookStaysGrey() {
    assertThatThrownBy(() -> SpectrogramProfile.NOTEBOOK.withColour(Colour.PARTS))
        .hasMessageContaining("colour=parts, expected grey");
    assertThatThrownBy(() -> Colour.of("rainbow"))
        .hasMessage("colour=rainbow, expected grey, stereo, parts");
  }

  @Test
  void aMedianSlidesOverWhatThereIs() {
    float[][] rows = {{5, 0}, {1, 0}, {4, 9}, {2, 0}, {3, 0}};
    assertThat(SlidingMedian.of(rows, 1))
        .isDeepEqualTo(new float[][] {{1, 0}, {4, 0}, {2, 0}, {3, 0}, {2, 0}});
    assertThat(SlidingMedian.of(rows, 9)[2]).containsExactly(3, 0);
    assertThat(SlidingMedian.of(rows, 0)).isDeepEqualTo(rows);
  }

  @Test
  void aMedianIsThatOfASort() {
    float[][] rows = new float[40][13];
    Random random = new Random(1);
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        // many equal ones
        row[i] = random.nextInt(6) / 3f;
      }
    }
    float[][] found = SlidingMedian.of(rows, 4);
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < 13; i++) {
        float[] window = new float[Math.min(39, r + 4) - Math.max(0, r - 4) + 1];
        for (int j = 0; j < window.length; j++) {
          window[j] = rows[Math.max(0, r - 4) + j][i];
        }
        Arrays.sort(window);
        assertThat(found[r][i]).isEqualTo(window[(window.length - 1) / 2]);
      }
    }
  }
}
