package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Golden;
import org.sonograph.diffusion.noise.LatentShape;

/** Pictures that go round: nothing may know where their edge is. */
class RoundTest {

  private static final LatentShape SHAPE = new LatentShape(4, 4, 24);
  private static final int CELL_PIXELS = 8;

  @Test
  void turningBackUndoesTurning() {
    float[] latents = noise();
    float[] turned = latents.clone();
    Rolling rolling = new Rolling(SHAPE);
    Set<Float> first = new HashSet<>();
    for (int step = 0; step < 20; step++) {
      rolling.turn(step, turned);
      first.add(turned[0]);
      rolling.turnBack(step, turned);
      assertThat(turned).isEqualTo(latents);
    }
    // the edge lies in another place nearly every time
    assertThat(first).hasSizeGreaterThan(15);
  }

  @Test
  void decodesTheSameWhereverTheEdgeIs() {
    ModelFolder folder = ModelFolder.read(Golden.models().resolve("tiny-sd"));
    Sessions sessions = new Sessions(DiffuserOptions.defaults().withThreads(1));
    try (Autoencoder autoencoder = new Autoencoder(folder, sessions)) {
      float[] latents = noise();
      int cells = 9;
      float[] turned = rolled(latents, SHAPE.width(), cells);
      int width = SHAPE.width() * CELL_PIXELS;
      float[] round = rolled(autoencoder.decodeRound(latents, SHAPE), width, cells * CELL_PIXELS);
      float[] open = rolled(autoencoder.decode(latents, SHAPE), width, cells * CELL_PIXELS);
      // the edge of the picture that was not turned now lies inside the other one; elsewhere
      // normalisation over another width moves all a little
      int edge = cells * CELL_PIXELS;
      double atEdge = difference(autoencoder.decodeRound(turned, SHAPE), round, edge);
      double openAtEdge = difference(autoencoder.decode(turned, SHAPE), open, edge);
      double elsewhere = difference(autoencoder.decodeRound(turned, SHAPE), round, 2 * edge);
      assertThat(atEdge).isLessThan(1.5 * elsewhere).isLessThan(openAtEdge / 3);
    }
  }

  private static float[] noise() {
    Random random = new Random(9);
    float[] latents = new float[SHAPE.size()];
    for (int i = 0; i < latents.length; i++) {
      latents[i] = (float) random.nextGaussian();
    }
    return latents;
  }

  private static float[] rolled(float[] rows, int width, int columns) {
    float[] rolled = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rolled[i / width * width + (i % width + columns) % width] = rows[i];
    }
    return rolled;
  }

  /** Mean difference in the four columns on each side of a place. */
  private static double difference(float[] a, float[] b, int column) {
    int width = SHAPE.width() * CELL_PIXELS;
    double sum = 0;
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(i % width - column) <= 4) {
        sum += Math.abs(a[i] - b[i]);
        count++;
      }
    }
    return sum / count;
  }
}
