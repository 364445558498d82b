package org.sonograph.gallery.film;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.sonograph.signal.picture.Picture;

class ScrollFramesTest {
  private static final FilmShape SHAPE = FilmShape.SQUARE;
  private static final int WHITE = 235;

  /** A strip that is black but for one white column. */
  private static Planes strip(int width, int whiteColumn) {
    int height = SHAPE.windowHeight();
    byte[] grey = new byte[width * height];
    for (int y = 0; y < height; y++) {
      grey[y * width + whiteColumn] = -1;
    }
    return Planes.of(Picture.grey(width, height, grey));
  }

  private static ScrollFrames film(Planes strip) {
    Planes sheet =
        Planes.of(
            Picture.grey(SHAPE.width(), SHAPE.height(), new byte[SHAPE.width() * SHAPE.height()]));
    return new ScrollFrames(SHAPE, sheet, strip, Color.RED, 10);
  }

  private static int luma(byte[] frame, int x, int y) {
    return frame[y * SHAPE.width() + x] & 0xff;
  }

  @Test
  void artPassesThePlayheadAtItsOwnTime() {
    int middle = SHAPE.margin() + SHAPE.windowWidth() / 2;
    ScrollFrames film = film(strip(3000, 1500));
    assertThat(film.count()).isEqualTo(300);
    byte[] frame = film.frame(150);
    // at half the time the column in the middle of the strip is under the playhead: two pixels
    // right
    // of its left edge the art shows again
    assertThat(luma(frame, middle, SHAPE.margin() + 100)).isEqualTo(Planes.of(Color.RED)[0] & 0xff);
    byte[] before = film.frame(149);
    // 10 pixels a picture
    assertThat(luma(before, middle + 10, SHAPE.margin() + 100)).isEqualTo(WHITE);
  }

  @Test
  void movesByPartsOfAPixel() {
    // 0.5 pixels a picture: half of the white column's light lies on each side
    ScrollFrames film = film(strip(SHAPE.windowWidth() + 150, SHAPE.windowWidth()));
    double perFrame = (SHAPE.windowWidth() + 150) / 300.0;
    int number = (int) Math.ceil((SHAPE.windowWidth() / 2.0 + 20) / perFrame);
    byte[] frame = film.frame(number);
    int y = SHAPE.margin() + 50;
    int light = 0;
    for (int x = SHAPE.margin(); x < SHAPE.margin() + SHAPE.windowWidth(); x++) {
      int here = luma(frame, x, y);
      light += here == (Planes.of(Color.RED)[0] & 0xff) ? 0 : here - 16;
    }
    assertThat(light).isBetween(WHITE - 16 - 2, WHITE - 16 + 2);
  }

  @Test
  void aStripNarrowerThanTheWindowStandsStill() {
    ScrollFrames film = film(strip(200, 100));
    byte[] frame = film.frame(0);
    assertThat(luma(frame, SHAPE.margin() + 100, SHAPE.margin() + 9)).isEqualTo(WHITE);
    assertThat(luma(film.frame(299), SHAPE.margin() + 100, SHAPE.margin() + 9)).isEqualTo(WHITE);
  }
}
