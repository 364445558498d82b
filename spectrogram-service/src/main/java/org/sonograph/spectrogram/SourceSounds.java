package org.sonograph.spectrogram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.runtime.wire.PictureWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Inversion;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.signal.reading.Reading;
import org.sonograph.signal.sound.Sound;

/** Sends a chunk's own sound along with its picture where one of its readings asks for it. */
final class SourceSounds {
  private final ChunkFlac flac;
  private final Set<String> wanting;

  SourceSounds(ChunkFlac flac) {
    this.flac = flac;
    this.wanting =
        ServiceLoader.load(Reading.class, SourceSounds.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(Reading::wantsSource)
            .map(Reading::name)
            .collect(Collectors.toSet());
  }

  /** The picture's message, with the sound in it (context, chunk, context) where it is wanted. */
  SpectrogramImage with(SpectrogramImage image, AudioChunk chunk) {
    boolean wanted =
        !PictureWire.isDrawn(chunk)
            && chunk.getInterpretation().getReadings().stream()
                .anyMatch(reading -> wanting.contains(reading.getName()));
    if (!wanted) {
      return image;
    }
    Sound sound =
        PcmWire.fromAvro(
            chunk.getPcm(),
            chunk.getSampleFormat(),
            chunk.getChannels(),
            chunk.getPlace().getSampleRateHz());
    try {
      ByteBuffer bytes = ByteBuffer.wrap(flac.encode(sound));
      Inversion inversion = Inversion.newBuilder(image.getInversion()).setSourceFlac(bytes).build();
      return SpectrogramImage.newBuilder(image).setInversion(inversion).build();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the chunk's own sound could not be sent along: " + e.getMessage(), e);
    }
  }
}
