package org.sonograph.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** Reads what the reference libraries made; see the README beside the files. */
public final class Golden {

  private Golden() {}

  public static byte[] bytes(String path) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + path)) {
      if (in == null) {
        throw new IllegalArgumentException("no test resource golden/" + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Picture picture(String path) {
    return PngCodec.decode(bytes(path), PngLimits.DEFAULT).picture();
  }

  public static Sound sound(String path) {
    return WavCodec.decode(bytes(path));
  }

  public static JsonNode json(String path) {
    try {
      return new ObjectMapper().readTree(bytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A one-dimensional little-endian float32 array in numpy's format, version 1. */
  public static float[] numpy(String path) {
    ByteBuffer file = ByteBuffer.wrap(bytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int header = file.getShort(8);
    String text = new String(file.array(), 10, header, StandardCharsets.US_ASCII);
    if (!text.contains("'<f4'")) {
      throw new IllegalArgumentException(path + " holds " + text + ", expected '<f4'");
    }
    float[] values = new float[(file.capacity() - 10 - header) / Float.BYTES];
    file.position(10 + header);
    file.asFloatBuffer().get(values);
    return values;
  }

  /** Signal to noise in dB: the reference's energy over the difference's. */
  public static double snrDb(float[] found, float[] reference, int every) {
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < reference.length; i++) {
      double difference = found[i * every] - reference[i];
      signal += (double) reference[i] * reference[i];
      noise += difference * difference;
    }
    return 10 * Math.log10(signal / noise);
  }
}
