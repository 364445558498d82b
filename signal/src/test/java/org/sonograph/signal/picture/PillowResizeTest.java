package org.sonograph.signal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sonograph.signal.Golden;
import org.sonograph.signal.Signals;
import org.sonograph.signal.picture.PillowResize.Filter;

class PillowResizeTest {

  @ParameterizedTest
  @CsvSource({
    "resize,123,77",
    "resize,400,300",
    "resize,512,512",
    "small0,7,5",
    "small1,1,1",
    "small2,7,31",
    "small3,9,4",
    "small4,3,5",
    "small5,23,1"
  })
  void equalsPillowInEveryLevel(String name, int width, int height) {
    Picture in = Golden.picture("resize/" + name + "-in.png");
    for (Filter filter : Filter.values()) {
      String file =
          "resize/%s-%s-%dx%d.png"
              .formatted(name, filter.name().toLowerCase(Locale.ROOT), width, height);
      assertThat(PillowResize.resize(in, width, height, filter))
          .as(file)
          .isEqualTo(Golden.picture(file));
    }
  }

  @ParameterizedTest
  @EnumSource(Filter.class)
  void leavesAPictureOfTheSameSizeAlone(Filter filter) {
    Picture in = Signals.noisyPicture(1, 17, 11, 3);
    assertThat(PillowResize.resize(in, 17, 11, filter)).isSameAs(in);
  }

  @ParameterizedTest
  @EnumSource(Filter.class)
  void keepsAFlatPictureFlat(Filter filter) {
    Picture out = PillowResize.resize(Signals.flat(97, 53, 200), 13, 301, filter);
    assertThat(out).isEqualTo(Signals.flat(13, 301, 200));
  }

  @Test
  void refusesNoSize() {
    assertThatThrownBy(() -> PillowResize.resize(Signals.flat(2, 2, 0), 0, 3, Filter.BICUBIC))
        .hasMessageContaining("0x3");
  }
}
