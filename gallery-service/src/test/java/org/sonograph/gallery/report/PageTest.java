package org.sonograph.gallery.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.sonograph.signal.picture.Picture;

class PageTest {
  @Test
  void holdsTheFacesItsTextNeeds() {
    String latin = new Page("Rain", Accent.INK, "", "<p>on tin</p>", "").html();
    assertThat(latin).contains("U+0000-00FF").doesNotContain("U+0400-045F", "<script>");
    assertThat(new Page("Дождь", Accent.INK, "", "<p>on tin</p>", "").html())
        .contains("U+0400-045F");
  }

  @Test
  void accentsCanBeReadOnBothGrounds() {
    for (int rgb : new int[] {0xFF0000, 0xFFFF00, 0x00FF00, 0x00FFFF, 0x0000FF, 0xFF00FF}) {
      byte[] one = {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb};
      Accent accent = Accent.of(Picture.rgb(1, 1, one));
      assertThat(Accent.contrast(accent.onPaper(), Accent.PAPER)).isGreaterThanOrEqualTo(4.5);
      assertThat(Accent.contrast(accent.onNight(), Accent.NIGHT)).isGreaterThanOrEqualTo(4.5);
      float[] hsb =
          Color.RGBtoHSB(
              accent.onPaper().getRed(),
              accent.onPaper().getGreen(),
              accent.onPaper().getBlue(),
              null);
      assertThat(hsb[1]).isGreaterThan(0.5f);
    }
  }

  @Test
  void greyArtHasNoAccent() {
    assertThat(Accent.of(Picture.grey(2, 1, new byte[] {10, 100}))).isEqualTo(Accent.INK);
  }
}
