package org.sonograph.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.RequestOptions.Safety;
import org.sonograph.signal.picture.Picture;

class StandInsTest {
  private final StandIns standIns = new StandIns();

  @Test
  void theLastGoodPictureOfTheSameTrackStandsIn() {
    DiffusedPicture good = made(4, 40);
    DiffusedPicture flagged = made(4, 220).inPlaceOf(made(4, 0));
    assertThat(standIns.of("a", Safety.CHECKED, flagged)).isSameAs(flagged);
    assertThat(standIns.of("a", Safety.CHECKED, good)).isSameAs(good);
    DiffusedPicture shown = standIns.of("a", Safety.CHECKED, flagged);
    assertThat(shown.isFlagged()).isTrue();
    assertThat(shown.picture()).isSameAs(good.picture());
    assertThat(standIns.of("b", Safety.CHECKED, flagged)).as("another's").isSameAs(flagged);
  }

  @Test
  void picturesOfOtherSizesDoNotStandIn() {
    standIns.of("a", Safety.CHECKED, made(4, 40));
    DiffusedPicture wider = made(8, 220).inPlaceOf(made(8, 0));
    assertThat(standIns.of("a", Safety.CHECKED, wider)).isSameAs(wider);
  }

  @Test
  void nothingIsKeptOfWhatNobodyChecked() {
    standIns.of("a", Safety.UNCHECKED, made(4, 40));
    DiffusedPicture flagged = made(4, 220).inPlaceOf(made(4, 0));
    assertThat(standIns.of("a", Safety.CHECKED, flagged)).isSameAs(flagged);
  }

  private static DiffusedPicture made(int width, int level) {
    byte[] samples = new byte[width];
    Arrays.fill(samples, (byte) level);
    return new DiffusedPicture(Picture.grey(width, 1, samples), "euler", width, 1, 1, false, 0);
  }
}
