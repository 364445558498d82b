package org.sonograph.signal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.Golden;
import org.sonograph.signal.Signals;

class PngCodecTest {

  private static SequencedMap<String, String> none() {
    return new LinkedHashMap<>();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void readsBackWhatItWrites(int channels) {
    for (int[] size : new int[][] {{1, 1}, {512, 512}, {3, 700}, {1000, 2}}) {
      Picture in = Signals.noisyPicture(size[0], size[0], size[1], channels);
      assertThat(PngCodec.decode(PngCodec.encode(in, none()), PngLimits.DEFAULT).picture())
          .isEqualTo(in);
    }
  }

  @Test
  void writesWhatOtherReadersRead() throws IOException {
    Picture in = Signals.noisyPicture(4, 61, 43, 3);
    BufferedImage other = ImageIO.read(new ByteArrayInputStream(PngCodec.encode(in, none())));
    assertThat(other.getWidth()).isEqualTo(61);
    for (int y = 0; y < 43; y++) {
      for (int x = 0; x < 61; x++) {
        int expected = in.at(x, y, 0) << 16 | in.at(x, y, 1) << 8 | in.at(x, y, 2);
        assertThat(other.getRGB(x, y) & 0xffffff).isEqualTo(expected);
      }
    }
  }

  @Test
  void keepsTextInOrderWhateverItsLetters() {
    SequencedMap<String, String> text = none();
    text.put("parameters", "a prompt\nSteps: 20, Größe: 7 µm");
    text.put("Title", "雨 on tin \uD83C\uDF27");
    text.put(PngCodec.XMP_KEYWORD, "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>");
    text.put("empty", "");
    byte[] file = PngCodec.encode(Signals.flat(4, 4, 9), text);
    assertThat(PngCodec.decode(file, PngLimits.DEFAULT).text()).containsExactlyEntriesOf(text);
    String raw = new String(file, StandardCharsets.ISO_8859_1);
    assertThat(raw)
        .contains("tEXtparameters\0")
        .contains("iTXt" + PngCodec.XMP_KEYWORD + "\0\0\0\0\0<x:xmpmeta");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "l", "la", "p1", "p2", "p4", "p8", "rgb", "rgba", "i16"})
  void readsEveryKindThatPillowWrites(String kind) {
    assertThat(Golden.picture("png/" + kind + ".png"))
        .isEqualTo(Golden.picture("png/" + kind + ".expected.png"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 33})
  void readsInterlacedPictures(int side) throws IOException {
    Picture in = Signals.noisyPicture(side, side, side + 1, 3);
    BufferedImage image = new BufferedImage(side, side + 1, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y <= side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, in.at(x, y, 0) << 16 | in.at(x, y, 1) << 8 | in.at(x, y, 2));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    assertThat(PngCodec.decode(out.toByteArray(), PngLimits.DEFAULT).picture()).isEqualTo(in);
  }

  @Test
  void saysSoWhenCutShortAnywhere() {
    byte[] file = PngCodec.encode(Signals.noisyPicture(2, 9, 9, 3), none());
    for (int length = 0; length < file.length; length++) {
      byte[] part = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> PngCodec.decode(part, PngLimits.DEFAULT))
          .as("%d bytes", length)
          .isInstanceOf(PngException.class);
    }
  }

  @Test
  void failsOnlyInItsOwnWayOnDamagedBytes() {
    SequencedMap<String, String> text = none();
    text.put("a", "b");
    text.put("ü", "雨");
    byte[] file = PngCodec.encode(Signals.noisyPicture(3, 20, 20, 1), text);
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = file.clone();
      for (int k = 0; k <= i % 3; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      if (i % 2 == 0) {
        mendChecksums(damaged);
      }
      try {
        PngCodec.decode(damaged, PngLimits.DEFAULT);
      } catch (PngException e) {
        assertThat(e.getMessage()).contains("PNG");
      }
    }
  }

  @Test
  void refusesSizesBeyondTheLimitsBeforeAnythingIsAllocated() {
    byte[] file = PngCodec.encode(Signals.flat(8, 8, 1), none());
    ByteBuffer.wrap(file).putInt(16, 2_000_000_000).putInt(20, 2_000_000_000);
    mendChecksums(file);
    assertThatThrownBy(() -> PngCodec.decode(file, PngLimits.DEFAULT))
        .hasMessageContaining("2000000000x2000000000");
    // within the limits, but the file is far too small to hold it
    ByteBuffer.wrap(file).putInt(16, 32_000).putInt(20, 2_000);
    mendChecksums(file);
    assertThatThrownBy(() -> PngCodec.decode(file, PngLimits.DEFAULT))
        .hasMessageContaining("cut short");
  }

  @Test
  void refusesTextThatUnpacksWithoutEnd() {
    byte[] huge = new byte[6 << 20];
    Deflater deflater = new Deflater(9);
    deflater.setInput(huge);
    deflater.finish();
    byte[] packed = new byte[1 << 16];
    int n = deflater.deflate(packed);
    deflater.end();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("bomb\0\0".getBytes(StandardCharsets.US_ASCII));
    body.write(packed, 0, n);
    byte[] plain = PngCodec.encode(Signals.flat(4, 4, 1), none());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain, 0, 33);
    PngCodec.chunk(file, "zTXt", body.toByteArray(), body.size());
    file.write(plain, 33, plain.length - 33);
    assertThatThrownBy(() -> PngCodec.decode(file.toByteArray(), PngLimits.DEFAULT))
        .hasMessageContaining("text");
    assertThatCode(() -> PngCodec.decode(file.toByteArray(), new PngLimits(10, 100, 7 << 20)))
        .doesNotThrowAnyException();
  }

  @Test
  void saysThatAnotherKindOfFileIsNoPng() {
    assertThatThrownBy(
            () ->
                PngCodec.decode(
                    "GIF89a and so on".getBytes(StandardCharsets.US_ASCII), PngLimits.DEFAULT))
        .hasMessage("not a PNG picture");
  }

  private static void mendChecksums(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file);
    int at = 8;
    while (at + 12 <= file.length) {
      int length = buffer.getInt(at);
      if (length < 0 || length > file.length - at - 12) {
        return;
      }
      java.util.zip.CRC32 crc = new java.util.zip.CRC32();
      crc.update(file, at + 4, length + 4);
      buffer.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
  }
}
