package org.sonograph.runtime.wire;

import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngException;
import org.sonograph.signal.picture.PngLimits;

/** A drawn chunk: a picture in the place of its samples, where the source is one. */
public final class PictureWire {
  private static final String PNG = "png";

  private PictureWire() {}

  /** Whether a chunk is drawn. */
  public static boolean isDrawn(AudioChunk chunk) {
    return chunk.getSampleFormat().equals(PNG);
  }

  /** Puts a picture into a chunk. */
  public static AudioChunk.Builder draw(AudioChunk.Builder chunk, Picture picture) {
    return chunk
        .setChannels(picture.channels())
        .setSampleFormat(PNG)
        .setPcm(ByteBuffer.wrap(PngCodec.encode(picture, new TreeMap<>())));
  }

  /**
   * The picture of a drawn chunk.
   *
   * @throws IllegalArgumentException if it is no PNG
   */
  public static Picture picture(AudioChunk chunk) {
    try {
      return PngCodec.decode(PcmWire.bytes(chunk.getPcm()), PngLimits.DEFAULT).picture();
    } catch (PngException e) {
      throw new IllegalArgumentException("the drawn chunk is no PNG: " + e.getMessage(), e);
    }
  }
}
