package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;

class LadderTest {
  private static final double MOST_SECONDS = 4.5;
  private static final long CHUNK_MS = 5_376;

  /** A device and a clock: each chunk's sound comes after what its rung takes. */
  private static final class Device {
    private final Ladder ladder = new Ladder(4, OptionalInt.of(3), MOST_SECONDS, 0);
    private final List<Integer> steps = new ArrayList<>();
    private double fullSeconds;
    private long nowMs;

    Device(double fullSeconds) {
      this.fullSeconds = fullSeconds;
    }

    void play(int chunks) {
      double[] share = {1, 0.5, 0.25, 0};
      for (int i = 0; i < chunks; i++) {
        nowMs += CHUNK_MS;
        double lead = MOST_SECONDS - 0.4 - fullSeconds * share[ladder.rung()];
        int step = ladder.heard(nowMs, ladder.rung(), lead < 0 ? -1 : lead);
        if (step != 0) {
          steps.add(step);
        }
      }
    }
  }

  @Test
  void aDeviceThatIsThreeTimesTooSlowEndsWhereSoundComesInTime() {
    Device device = new Device(3 * CHUNK_MS / 1000.0);
    device.play(5);
    assertThat(device.ladder.rung()).isEqualTo(3);
    device.fullSeconds = 0.5;
    device.play(60);
    assertThat(device.ladder.rung()).isZero();
  }

  @Test
  void aDeviceThatIsFastEnoughStaysAtFullQuality() {
    Device device = new Device(3);
    device.play(100);
    assertThat(device.steps).isEmpty();
  }

  @Test
  void aRungThatDoesNotHoldIsTriedLessAndLess() {
    Device device = new Device(20);
    device.play(500);
    int firstHalf = device.steps.size();
    device.play(500);
    int secondHalf = device.steps.size() - firstHalf;
    assertThat(device.ladder.rung()).isGreaterThanOrEqualTo(2);
    assertThat(secondHalf).isLessThan(firstHalf);
    // a trial costs two steps; at least a quarter of an hour lies between the last ones
    assertThat(secondHalf).isLessThanOrEqualTo((int) (2 * 500 * CHUNK_MS / 900_000) + 2);
  }

  @Test
  void doesNotGoUpWhereThereIsNoTimeToSpare() {
    Device device = new Device(6);
    device.play(200);
    // half of it takes 3 s of 4.1: too much to try the whole, which takes twice that
    assertThat(device.steps).containsExactly(-1);
  }

  @Test
  void whatTakesTimeWithoutPaintingDoesNotKeepItDown() {
    Ladder ladder = new Ladder(2, OptionalInt.of(1), MOST_SECONDS, 0);
    ladder.heard(1, 0, -1);
    int steps = 0;
    for (long now = CHUNK_MS; now < 60_000; now += CHUNK_MS) {
      steps += ladder.heard(now, ladder.rung(), 1.5);
    }
    assertThat(steps).isEqualTo(1);
    assertThat(ladder.rung()).isZero();
  }

  @Test
  void whatWasSentBeforeAStepSaysNothing() {
    Ladder ladder = new Ladder(4, OptionalInt.of(3), MOST_SECONDS, 0);
    assertThat(ladder.heard(1, 0, -1)).isEqualTo(-1);
    assertThat(ladder.heard(2, 0, -1)).isZero();
    assertThat(ladder.rung()).isEqualTo(1);
  }

  @Test
  void rungsChangeDiffusionAlone() {
    Interpretation full =
        Interpretation.newBuilder()
            .setDiffusion(
                DiffusionSettings.newBuilder()
                    .setModel("sketch")
                    .setSteps(20)
                    .setStrength(0.5)
                    .setGuidance(3)
                    .setSeed(7)
                    .build())
            .build();
    List<Rung> rungs = Rung.ladder("half,quarter,sketch-turbo:4:0.75,none");
    assertThat(rungs.stream().map(r -> r.of(full).getDiffusion().getSteps()).toList())
        .containsExactly(20, 10, 5, 4, 20);
    assertThat(rungs.stream().map(r -> r.of(full).getDiffusion().getModel()).toList())
        .containsExactly("sketch", "sketch", "sketch", "sketch-turbo", "none");
    assertThat(rungs).allMatch(r -> r.of(full).getDiffusion().getSeed() == 7);
    assertThat(rungs.get(3).of(full).getDiffusion().getStrength()).isEqualTo(0.75);
  }
}
