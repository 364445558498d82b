package org.sonograph.spectrogram;

import java.nio.ByteBuffer;
import java.util.List;
import org.sonograph.runtime.wire.InversionWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Level;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.spectrogram.Inversion;

/** The messages that leave: pictures, and failures that stand for one. */
final class SpectrogramImages {

  /** Name of the stage in failures. */
  static final String STAGE = "spectrogram-service";

  /** Code of a chunk that cannot be drawn. */
  static final String UNDRAWABLE = "undrawable";

  private SpectrogramImages() {}

  /** The message of a picture; what inverts it is in its own field and in the PNG's text. */
  static SpectrogramImage image(AudioChunk chunk, Picture picture, Inversion inversion) {
    return like(chunk)
        .setInversion(InversionWire.toAvro(inversion))
        .setPng(ByteBuffer.wrap(PngCodec.encode(picture, inversion.toText())))
        .build();
  }

  static SpectrogramImage failure(AudioChunk chunk, Failure failure) {
    return like(chunk).setFailure(failure).build();
  }

  static Failure failure(String code, String reason) {
    return new Failure(STAGE, code, reason);
  }

  static Failure failure(String code, RuntimeException error) {
    String reason = error.getMessage();
    return failure(code, reason == null ? error.getClass().getSimpleName() : reason);
  }

  /** The same chunk at another place: the whole track. */
  static AudioChunk at(AudioChunk chunk, Place place) {
    return AudioChunk.newBuilder(chunk).setPlace(place).build();
  }

  private static SpectrogramImage.Builder like(AudioChunk chunk) {
    return SpectrogramImage.newBuilder()
        .setPlace(chunk.getPlace())
        .setSource(chunk.getSource())
        .setInterpretation(chunk.getInterpretation())
        .setLevel(Level.newBuilder(chunk.getLevel()).setHistogram(List.of()).build());
  }
}
