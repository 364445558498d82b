package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.provenance.DigitalSource;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.picture.PngLimits;

class ScrollTest {
  private static final int HEIGHT = 4;
  private static final SoundLabel LABEL =
      new SoundLabel("t", "", "", "c", DigitalSource.TRAINED_MODEL, "", "");

  @TempDir Path folder;

  private void art(int chunk, int width, int value) throws IOException {
    byte[] samples = new byte[width * HEIGHT * 3];
    Arrays.fill(samples, (byte) value);
    Files.createDirectories(folder.resolve("art"));
    Files.write(
        folder.resolve("art").resolve(TakeFiles.picture(chunk)),
        PngCodec.encode(Picture.rgb(width, HEIGHT, samples), new LinkedHashMap<>()));
  }

  private PngImage read(String name) throws IOException {
    return PngCodec.decode(Files.readAllBytes(folder.resolve(name)), PngLimits.DEFAULT);
  }

  private List<String> write(PictureGrid grid, int maxWidth, int pictures) throws IOException {
    return new Scroll(folder, grid, new Scroll.Form(maxWidth, false), LABEL).write(pictures);
  }

  @Test
  void isAsWideAsTheSourceIsLong() throws IOException {
    art(0, 64, 10);
    art(1, 64, 10);
    art(2, 64, 10);
    assertThat(write(new PictureGrid(64, 48, 137), 1000, 3))
        .containsExactly("scroll.png", "scroll-small.png");
    assertThat(read("scroll.png").picture().width()).isEqualTo(137);
  }

  @Test
  void picturesOfAnotherSizeThanTheSpectrogramsKeepTheirPlace() throws IOException {
    art(0, 32, 10);
    art(1, 32, 200);
    write(new PictureGrid(64, 48, 112), 1000, 2);
    Picture scroll = read("scroll.png").picture();
    assertThat(scroll.width()).isEqualTo(56);
    assertThat(scroll.at(23, 0, 0)).isEqualTo(10);
    assertThat(scroll.at(32, 0, 0)).isEqualTo(200);
  }

  @Test
  void oneDissolvesIntoTheNextAcrossTheirOverlap() throws IOException {
    art(0, 64, 0);
    art(1, 64, 160);
    write(new PictureGrid(64, 48, 112), 1000, 2);
    Picture scroll = read("scroll.png").picture();
    assertThat(scroll.at(47, 0, 0)).isZero();
    for (int x = 0; x < 16; x++) {
      assertThat(scroll.at(48 + x, 0, 0)).isEqualTo((int) Math.round(160 * (x + 0.5) / 16));
    }
    assertThat(scroll.at(64, 0, 0)).isEqualTo(160);
  }

  @Test
  void aLongOneGoesOnInNumberedFiles() throws IOException {
    art(0, 64, 10);
    art(1, 64, 20);
    art(2, 64, 30);
    assertThat(write(new PictureGrid(64, 64, 192), 100, 3))
        .containsExactly("scroll.png", "scroll-002.png", "scroll-small.png");
    assertThat(read("scroll.png").picture().width()).isEqualTo(100);
    assertThat(read("scroll-002.png").picture().width()).isEqualTo(92);
    assertThat(read("scroll-002.png").picture().at(28, 0, 0)).isEqualTo(30);
  }

  @Test
  void aMissingPictureIsBlack() throws IOException {
    art(0, 64, 50);
    art(2, 64, 50);
    write(new PictureGrid(64, 64, 192), 1000, 3);
    Picture scroll = read("scroll.png").picture();
    assertThat(scroll.at(63, 0, 0)).isEqualTo(50);
    assertThat(scroll.at(64, 0, 0)).isZero();
    assertThat(scroll.at(127, 0, 0)).isZero();
    assertThat(scroll.at(128, 0, 0)).isEqualTo(50);
  }

  @Test
  void withoutAnyPictureThereIsNone() throws IOException {
    assertThat(write(new PictureGrid(64, 64, 64), 1000, 1)).isEmpty();
  }

  @Test
  void saysThatATrainedModelMadeIt() throws IOException {
    art(0, 64, 50);
    write(new PictureGrid(64, 64, 64), 1000, 1);
    assertThat(read("scroll.png").text().get("XML:com.adobe.xmp"))
        .contains("trainedAlgorithmicMedia");
  }

  @Test
  void overlapsThatAgreeStayAsTheyAre() {
    byte[] samples = new byte[16 * HEIGHT * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 37);
    }
    Picture picture = Picture.rgb(16, HEIGHT, samples);
    assertThat(PictureSeam.join(picture, picture)).isEqualTo(picture);
  }
}
