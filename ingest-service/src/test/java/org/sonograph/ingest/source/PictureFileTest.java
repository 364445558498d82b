package org.sonograph.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.runtime.ffmpeg.Container;
import org.sonograph.runtime.ffmpeg.Probe;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;

class PictureFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tif"})
  void readsWhatOthersWriteWhateverItIsCalled(String format) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    image.createGraphics().fillRect(0, 0, 20, 30);
    Path file = folder.resolve("drawing.wav");
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    PictureFile found = PictureFile.look(file).orElseThrow();
    assertThat(found.width()).isEqualTo(40);
    assertThat(found.height()).isEqualTo(30);
    Picture picture = found.pixels(512);
    assertThat(picture.at(5, 15, 1)).isGreaterThan(250);
    assertThat(picture.at(35, 15, 1)).isLessThan(5);
  }

  @Test
  void whatIsClearIsBlack() throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(1, 1, 0xffffffff);
    image.setRGB(2, 2, 0x00ffffff);
    Path file = folder.resolve("clear.png");
    ImageIO.write(image, "png", file.toFile());
    Picture picture = PictureFile.look(file).orElseThrow().pixels(512);
    assertThat(picture.at(1, 1, 0)).isEqualTo(255);
    assertThat(picture.at(2, 2, 0)).isZero();
  }

  @Test
  void itsOwnWordsAreItsTags() throws IOException {
    Path file = folder.resolve("signed.png");
    TreeMap<String, String> text = new TreeMap<>(Map.of("Title", "Tide", "Copyright", "CC BY 4.0"));
    Files.write(file, PngCodec.encode(Picture.grey(512, 256, new byte[512 * 256]), text));
    Probe probe = PictureFile.look(file).orElseThrow().probe();
    assertThat(probe.container()).isEqualTo(Container.PICTURE);
    assertThat(probe.title()).isEqualTo("Tide");
    assertThat(probe.licence()).isEqualTo("CC BY 4.0");
    assertThat(probe.declaredSeconds()).isEqualTo(1024 * 0.012);
  }

  @Test
  void aLargePictureIsNotReadInFull() throws IOException {
    BufferedImage image = new BufferedImage(200, 4096, BufferedImage.TYPE_BYTE_GRAY);
    Path file = folder.resolve("tall.png");
    ImageIO.write(image, "png", file.toFile());
    Picture picture = PictureFile.look(file).orElseThrow().pixels(512);
    assertThat(picture.height()).isEqualTo(1024);
    assertThat(picture.width()).isEqualTo(50);
  }

  @Test
  void saysWhatIsWrongWithAPicture() throws IOException {
    byte[] torn = new byte[3000];
    Arrays.fill(torn, (byte) 7);
    System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 0, torn, 0, 8);
    Path file = Files.write(folder.resolve("torn.png"), torn);
    assertThatThrownBy(() -> PictureFile.look(file))
        .isInstanceOf(UnreadableSoundException.class)
        .hasMessageStartingWith("is a picture that cannot be read");
    Path wide = folder.resolve("wide.png");
    ImageIO.write(new BufferedImage(40_000, 2, BufferedImage.TYPE_BYTE_GRAY), "png", wide.toFile());
    assertThatThrownBy(() -> PictureFile.look(wide))
        .hasMessageContaining("40000x2")
        .hasMessageContaining("32768");
  }

  @Test
  void soundAndZerosAreNoPictures() throws IOException {
    assertThat(PictureFile.look(Files.write(folder.resolve("zeros"), new byte[60_000]))).isEmpty();
    assertThat(PictureFile.look(Files.writeString(folder.resolve("text"), "no"))).isEmpty();
    assertThat(PictureFile.look(Files.write(folder.resolve("nothing"), new byte[0]))).isEmpty();
  }
}
