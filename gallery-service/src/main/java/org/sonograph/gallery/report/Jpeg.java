package org.sonograph.gallery.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.sonograph.signal.picture.Picture;

/** Pictures as JPEG, for what is looked at and need not be exact. */
public final class Jpeg {
  private static final String XMP_HEAD = "http://ns.adobe.com/xap/1.0/\0";
  private static final int APP1 = 0xFFE1;
  private static final int SEGMENT_MAX_BYTES = 0xFFFF;

  /** Start of the image and the first segment's marker. */
  private static final int FIRST_LENGTH_AT = 4;

  private Jpeg() {}

  /**
   * Encodes a picture.
   *
   * @param quality 0 to 1
   * @param xmp packet that says how it was made, or ""
   */
  public static byte[] encode(Picture picture, float quality, String xmp) throws IOException {
    Picture rgb = picture.toRgb();
    BufferedImage image = new BufferedImage(rgb.width(), rgb.height(), BufferedImage.TYPE_INT_RGB);
    byte[] samples = rgb.samples();
    int[] row = new int[rgb.width()];
    for (int y = 0; y < rgb.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        int at = (y * row.length + x) * 3;
        row[x] =
            (samples[at] & 0xff) << 16 | (samples[at + 1] & 0xff) << 8 | samples[at + 2] & 0xff;
      }
      image.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
    return xmp.isEmpty() ? bytes.toByteArray() : marked(bytes.toByteArray(), xmp);
  }

  /** A picture in colour, of a file of our own. */
  public static Picture decode(byte[] jpeg) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    if (image == null) {
      throw new IOException("it is no picture");
    }
    byte[] samples = new byte[image.getWidth() * image.getHeight() * 3];
    int[] row = new int[image.getWidth()];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int pixel : row) {
        samples[at++] = (byte) (pixel >> 16);
        samples[at++] = (byte) (pixel >> 8);
        samples[at++] = (byte) pixel;
      }
    }
    return Picture.rgb(image.getWidth(), image.getHeight(), samples);
  }

  /** Puts the packet behind the first segment, which says that this is JFIF. */
  private static byte[] marked(byte[] jpeg, String xmp) {
    byte[] packet = (XMP_HEAD + xmp).getBytes(StandardCharsets.UTF_8);
    if (packet.length + 2 > SEGMENT_MAX_BYTES) {
      return jpeg;
    }
    ByteBuffer in = ByteBuffer.wrap(jpeg);
    int first = FIRST_LENGTH_AT + (in.getShort(FIRST_LENGTH_AT) & SEGMENT_MAX_BYTES);
    ByteBuffer all = ByteBuffer.allocate(jpeg.length + packet.length + 4);
    all.put(jpeg, 0, first).putShort((short) APP1).putShort((short) (packet.length + 2));
    return all.put(packet).put(jpeg, first, jpeg.length - first).array();
  }
}
