package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than an hour of a source whose clock is not the output's, at a low rate. */
class DriftTest {
  private static final OutputGrid GRID = new OutputGrid(1000);
  private static final double NOW = 1_700_000_000_000.0;
  private static final int CHUNK = 6000;
  private static final double DELAY_MS = 12_000;
  private static final double HOURS = 1.5;

  /** The sound is its own clock: a slow saw whose value tells when it was captured. */
  private static final double PERIOD_S = 100;

  @ParameterizedTest
  @ValueSource(doubles = {100, 800, -800})
  void staysWithinFiftyMilliseconds(double partsPerMillion) {
    Random random = new Random(3);
    LivePlayer player = new LivePlayer(GRID, ms -> {});
    double tick = 1000.0 / GRID.rateHz() / (1 + partsPerMillion * 1e-6);
    LiveSounds saw =
        new LiveSounds(
            LiveSounds.about("main", false),
            GRID.rateHz(),
            NOW,
            CHUNK,
            t -> t * GRID.rateHz() * tick / 1000 % PERIOD_S / PERIOD_S * 0.5);
    long chunk = 0;
    double worstMs = 0;
    long frames = (long) (HOURS * 3600 * GRID.rateHz());
    for (long frame = 0; frame < frames; frame += GRID.blockFrames()) {
      double wall = NOW + frame;
      while (chunk * CHUNK * tick <= frame + 6000) {
        // its capture was noted with a jitter of 10 ms
        double due = NOW + chunk * CHUNK * tick + random.nextInt(-10, 11);
        player.put(saw.piece(chunk, due - chunk * CHUNK * 1000.0 / GRID.rateHz()));
        chunk++;
      }
      float value = player.render(wall).sound()[0][0];
      double captured = value / 0.5 * PERIOD_S * 1000;
      double error = Math.abs(captured - frame % (PERIOD_S * 1000));
      boolean isEdge =
          error > PERIOD_S * 500
              || frame % (PERIOD_S * 1000) > 99_000
              || frame % (PERIOD_S * 1000) < 1000;
      if (frame > 10_000 && !isEdge) {
        worstMs = Math.max(worstMs, error);
      }
    }
    assertThat(worstMs).isLessThan(50);
    assertThat(player.frames(Source.Kind.REPEAT)).isZero();
    assertThat(worstMs / DELAY_MS).isLessThan(0.1);
  }
}
