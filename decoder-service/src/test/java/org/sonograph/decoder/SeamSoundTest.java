package org.sonograph.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * What is heard where two pictures of {@code tape} meet, through the whole topology at its own
 * settings.
 */
class SeamSoundTest {
  private static final int RATE = 48_000;
  private static final int WIDTH = 512;
  private static final int STEP = 448 * 576;
  private static final int OVERLAP = 64 * 576;

  @TempDir Path folder;

  private float[] left(List<DiffusedImage> images, int samples) {
    try (DecoderHarness harness = new DecoderHarness(folder)) {
      images.forEach(harness::send);
      List<AudioOutput> sent = harness.sent();
      assertThat(sent).allMatch(r -> r.getFailure() == null);
      float[] left = DecoderHarness.sound(sent)[0];
      assertThat(left).hasSize(samples);
      return left;
    }
  }

  /** Level of each window of so many samples, dB; the floor keeps silence finite. */
  private static double[] levels(float[] sound, int from, int until, int window) {
    return IntStream.range(0, (until - from) / window)
        .mapToDouble(
            w -> {
              double sum = 1e-9;
              for (int i = from + w * window; i < from + (w + 1) * window; i++) {
                sum += sound[i] * sound[i];
              }
              return 10 * Math.log10(sum / window);
            })
        .toArray();
  }

  private static double span(double[] levels) {
    return Arrays.stream(levels).max().orElseThrow() - Arrays.stream(levels).min().orElseThrow();
  }

  @Test
  void steadySineRipplesAtASeamAsLittleAsInsideAPicture() {
    int samples = STEP + WIDTH * 576;
    float[] sine = new float[samples];
    for (int i = 0; i < samples; i++) {
      sine[i] = (float) (0.3 * Math.sin(2 * Math.PI * 440 * i / RATE));
    }
    TestTake take = TestTake.tape("sine", samples, "red");
    float[] left = left(take.passthrough(sine, -10), samples);
    int window = RATE / 20;
    int ripple = 2 * RATE / 5;
    double inside = 0;
    for (int at = RATE; at + ripple < STEP - RATE; at += ripple / 2) {
      inside = Math.max(inside, span(levels(left, at, at + ripple, window)));
    }
    double seam = 0;
    for (int at = STEP - ripple; at < STEP + OVERLAP; at += window) {
      seam = Math.max(seam, span(levels(left, at, at + ripple, window)));
    }
    assertThat(seam).as("ripple in 400 ms, dB, inside: %s", inside).isLessThan(inside + 0.5);
  }

  @Test
  void blackGreyAndWhitePictureLeaveNoStep() {
    int samples = 2 * STEP + WIDTH * 576;
    TestTake take = TestTake.tape("grey", samples, "red");
    float[] left =
        left(
            List.of(
                take.image(0, TestTake.even(WIDTH, WIDTH, 0)),
                take.image(1, TestTake.even(WIDTH, WIDTH, 128)),
                take.image(2, TestTake.even(WIDTH, WIDTH, 255))),
            samples);
    assertThat(left[STEP / 2]).isZero();
    assertRisesSmoothly(left);
    int window = RATE / 20;
    double[] steps = steps(levels(left, STEP + OVERLAP, 2 * STEP, window));
    Arrays.sort(steps);
    double usual = steps[(int) (steps.length * 0.95)];
    double[] atSeam = steps(levels(left, 2 * STEP - window, 2 * STEP + OVERLAP + window, window));
    // one step in twenty is larger than usual by the meaning of usual
    assertThat(Arrays.stream(atSeam).sorted().skip(2).limit(1).max().orElse(0))
        .isLessThan(usual + 1);
    Arrays.sort(atSeam);
    assertThat(atSeam[(int) (atSeam.length * 0.9)]).isLessThanOrEqualTo(usual + 0.5);
    double before = mean(levels(left, STEP + OVERLAP, 2 * STEP, window));
    double after = mean(levels(left, 2 * STEP + OVERLAP, samples - RATE, window));
    assertThat(after - before).isBetween(-1.0, 1.0);
  }

  private static void assertRisesSmoothly(float[] outOfBlack) {
    double[] rising = levels(outOfBlack, STEP, STEP + OVERLAP, OVERLAP / 8);
    for (int i = 1; i < rising.length; i++) {
      assertThat(rising[i]).isGreaterThan(rising[i - 1] - 2);
    }
    assertThat(rising[0]).isLessThan(rising[7] - 15);
    assertThat((double) Math.abs(outOfBlack[STEP] - outOfBlack[STEP - 1])).isLessThan(1e-3);
  }

  private static double[] steps(double[] levels) {
    return IntStream.range(1, levels.length)
        .mapToDouble(i -> Math.abs(levels[i] - levels[i - 1]))
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void pictureHasTheProfilesOwnSize() {
    assertThat(SpectrogramProfile.TAPE.width()).isEqualTo(WIDTH);
    assertThat(SpectrogramProfile.TAPE.grid().startSample(1)).isEqualTo(STEP);
    assertThat(SpectrogramProfile.TAPE.grid().overlapSamples()).isEqualTo(OVERLAP);
  }
}
