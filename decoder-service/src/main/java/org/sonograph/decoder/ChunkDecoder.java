package org.sonograph.decoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.runtime.wire.InversionWire;
import org.sonograph.runtime.wire.LevelWire;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.runtime.wire.PositionWire;
import org.sonograph.schemas.DecodedChunk;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Inversion;
import org.sonograph.schemas.OutputSettings;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.Topics;
import org.sonograph.signal.loudness.LevelFollower;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.reading.ReadingOutput;
import org.sonograph.signal.reading.ReadingOutput.Extent;
import org.sonograph.signal.reading.ReadingRequest;
import org.sonograph.signal.reading.SourceSound;
import org.sonograph.signal.reading.TapeMix;
import org.sonograph.signal.sound.Sound;

/**
 * One picture to the sound of every reading asked for; a reading that fails leaves the others
 * alone.
 */
final class ChunkDecoder {

  /** Name of the stage in failures. */
  static final String STAGE = "decoder-service";

  /** Bytes a sound may have in a message, room left for all else that the message says. */
  private static final int PCM_MAX_BYTES = Topics.PAYLOAD_MAX_BYTES - Topics.ENVELOPE_MAX_BYTES;

  private static final Logger LOG = LoggerFactory.getLogger(ChunkDecoder.class);

  private final PictureDecoder decoder;
  private final ChunkFlac flac;
  private final DecoderMeters meters;

  ChunkDecoder(PictureDecoder decoder, ChunkFlac flac, DecoderMeters meters) {
    this.decoder = decoder;
    this.flac = flac;
    this.meters = meters;
  }

  DecoderMeters meters() {
    return meters;
  }

  /** One piece for each reading, in the order asked for. */
  List<DecodedChunk> decode(DiffusedImage image) {
    PieceGeometry geometry = PieceGeometry.of(image.getPlace(), image.getInterpretation());
    return image.getInterpretation().getReadings().stream()
        .map(reading -> piece(image, reading, geometry))
        .toList();
  }

  private DecodedChunk piece(DiffusedImage image, ReadingSettings reading, PieceGeometry geometry) {
    if (image.getFailure() != null) {
      return failed(image, reading, geometry, image.getFailure());
    }
    try {
      DecodedChunk piece = meters.decode().record(() -> sounding(image, reading, geometry));
      meters.chunk("sound");
      return piece;
    } catch (RuntimeException e) {
      LOG.warn(
          "no sound (take={} chunk={} reading={}): {}",
          image.getPlace().getTake(),
          image.getPlace().getChunk(),
          reading.getName(),
          e.getMessage());
      LOG.debug("cause", e);
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return failed(image, reading, geometry, new Failure(STAGE, "undecodable", reason));
    }
  }

  private DecodedChunk sounding(
      DiffusedImage image, ReadingSettings reading, PieceGeometry geometry) {
    Picture art = PngCodec.decode(PcmWire.bytes(image.getPng()), PngLimits.DEFAULT).picture();
    ReadingRequest request =
        new ReadingRequest(
            art,
            InversionWire.fromAvro(image.getInversion()),
            PositionWire.fromAvro(image.getPlace()),
            new TreeMap<>(reading.getParameters()),
            source(image, reading.getName()));
    boolean goesRound =
        image.getInterpretation().getDiffusion().getLoop()
            && image.getPlace().getTotalChunks() == 1;
    ReadingOutput output =
        goesRound
            ? decoder.readRound(reading.getName(), request, loudness(image))
            : decoder.read(reading.getName(), request, loudness(image));
    Sound sound = output.sound();
    boolean own = output.extent() == Extent.OWN;
    requireSendable(image, sound, own ? sound.length() : request.position().lengthSamples());
    DecodedChunk.Builder piece =
        like(image, reading)
            .setSampleRateHz(sound.sampleRateHz())
            .setChannels(sound.channelCount())
            .setSamples(sound.length())
            .setPcm(PcmWire.toAvro(sound));
    if (own) {
      return piece.setStartSample(0).setOverlapSamples(0).build();
    }
    // twins need no new phases: a join would trade the source's for found ones
    boolean joins = !TapeMix.isCrossfadedOnly(request, reading.getName());
    int columns = joins ? (int) (geometry.overlapSamples() / request.inversion().hopSamples()) : 0;
    int tail = request.inversion().width() - columns;
    return piece
        .setStartSample(image.getPlace().getStartSample())
        .setOverlapSamples(geometry.overlapSamples())
        .setHeadPng(strip(request, reading, 0, columns))
        .setTailPng(strip(request, reading, tail, columns))
        .build();
  }

  /** The sound that travelled with the picture, for a reading that asks for it. */
  private Optional<SourceSound> source(DiffusedImage image, String reading) {
    byte[] bytes = PcmWire.bytes(image.getInversion().getSourceFlac());
    if (bytes.length == 0 || !decoder.wantsSource(reading)) {
      return Optional.empty();
    }
    try {
      Sound sound = flac.decode(bytes);
      // as ingest cuts: half a window before the chunk, as far as the track has it
      long before = Math.min(image.getInversion().getNFft() / 2, image.getPlace().getStartSample());
      return Optional.of(new SourceSound(sound, (int) Math.min(before, sound.length())));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the source's sound that came with the picture cannot be read: " + e.getMessage(), e);
    }
  }

  private static ByteBuffer strip(
      ReadingRequest request, ReadingSettings reading, int from, int columns) {
    return ByteBuffer.wrap(
        Piece.strip(reading.getName(), request.art(), request.inversion(), from, columns));
  }

  private static void requireSendable(DiffusedImage image, Sound sound, long expectedSamples) {
    if (sound.length() != expectedSamples) {
      throw new IllegalStateException(
          "sound of %d samples, expected %d".formatted(sound.length(), expectedSamples));
    }
    int asked = image.getInterpretation().getOutput().getSampleRateHz();
    if (asked != 0 && asked != sound.sampleRateHz()) {
      throw new IllegalArgumentException(
          "output sampleRateHz=%d, expected 0 or %d (profile=%s)"
              .formatted(asked, sound.sampleRateHz(), image.getInterpretation().getProfile()));
    }
    long bytes = (long) sound.length() * sound.channelCount() * Float.BYTES;
    if (bytes > PCM_MAX_BYTES) {
      throw new IllegalArgumentException(
          "sound of %d bytes, expected at most %d in one message: take a smaller picture or a lower stretch"
              .formatted(bytes, PCM_MAX_BYTES));
    }
  }

  private static PictureDecoder.Loudness loudness(DiffusedImage image) {
    OutputSettings output = image.getInterpretation().getOutput();
    double target = output.getTargetLufs();
    return new PictureDecoder.Loudness(
        LevelWire.sourceLevel(image.getLevel(), image.getPlace().getSampleRateHz()),
        output.getDynamics(),
        target == 0 ? LevelFollower.TARGET_LUFS : target);
  }

  private DecodedChunk failed(
      DiffusedImage image, ReadingSettings reading, PieceGeometry geometry, Failure failure) {
    meters.chunk(failure.getCode());
    return like(image, reading)
        .setSampleRateHz(geometry.sampleRateHz())
        .setChannels(geometry.channels())
        .setStartSample(geometry.startSample())
        .setSamples(geometry.samples())
        .setOverlapSamples(geometry.overlapSamples())
        .setFailure(failure)
        .build();
  }

  private static DecodedChunk.Builder like(DiffusedImage image, ReadingSettings reading) {
    return DecodedChunk.newBuilder()
        .setPlace(image.getPlace())
        .setSource(image.getSource())
        .setInterpretation(image.getInterpretation())
        .setInversion(
            Inversion.newBuilder(image.getInversion())
                .setSourceFlac(ByteBuffer.allocate(0))
                .build())
        .setReading(reading.getName());
  }
}
