package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.sonograph.ingest.cut.ChunkStream;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.cut.TrackDecoder;
import org.sonograph.ingest.cut.TrackLevel;
import org.sonograph.ingest.source.FileHash;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.launcher.recipe.Profile;
import org.sonograph.launcher.recipe.SpectrogramOptions;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;
import org.sonograph.runtime.wire.InversionWire;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.spectrogram.NotebookPicture;
import org.sonograph.spectrogram.TapePictures;

/**
 * One track as one picture, by the code of the services: cut as ingest cuts it, drawn as
 * spectrogram-service draws it, and for {@code tape} laid side by side.
 */
final class WholeTrack {
  private final FFmpeg ffmpeg;
  private final IdentifiedSource source;
  private final Interpretation interpretation;
  private final SpectrogramProfile profile;

  /** A picture with its texts. */
  record Drawn(Picture picture, SequencedMap<String, String> texts) {}

  private WholeTrack(FFmpeg ffmpeg, IdentifiedSource source, Interpretation interpretation) {
    this.ffmpeg = ffmpeg;
    this.source = source;
    this.interpretation = interpretation;
    this.profile = ProfileWire.fromAvro(interpretation);
  }

  static WholeTrack open(FFmpeg ffmpeg, Path file, SpectrogramOptions options)
      throws UnreadableSoundException {
    SourceFile source = SourceFile.of(file);
    Interpretation interpretation =
        Interpretation.newBuilder()
            .setProfile(options.profile().toString())
            .setSpectrogram(ProfileWire.toAvro(options.settings()))
            .build();
    try {
      IdentifiedSource.Stamp stamp = IdentifiedSource.Stamp.of(file);
      return new WholeTrack(
          ffmpeg,
          new IdentifiedSource(source, FileHash.of(file), ffmpeg.probe(file), stamp),
          interpretation);
    } catch (UnreadableSoundException e) {
      throw new UnreadableSoundException(source.shown() + " " + e.getMessage());
    } catch (IOException e) {
      throw new UnreadableSoundException(source.shown() + " cannot be read: " + e.getMessage());
    }
  }

  /** The picture as the chain has it. */
  Drawn draw() throws IOException {
    return profile.name().equals(Profile.NOTEBOOK.toString()) ? image(notebook().draw()) : strip();
  }

  /** The notebook's picture before resizing. */
  Drawn unresized() throws IOException {
    return new Drawn(notebook().unresized(), new LinkedHashMap<>());
  }

  private NotebookPicture notebook() throws IOException {
    NotebookPicture picture = new NotebookPicture();
    eachChunk(measure(), picture::add);
    return picture;
  }

  private Drawn strip() throws IOException {
    TrackLevel level = measure();
    int columns = Math.toIntExact(profile.grid().columns(level.samples()));
    List<Inversion> inversions = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    eachChunk(
        level,
        chunk -> {
          SpectrogramImage image = TapePictures.draw(chunk);
          inversions.add(InversionWire.fromAvro(image.getInversion()));
          pictures.add(image(image).picture());
        });
    SequencedMap<String, String> texts = withSize(inversions.getFirst(), columns).toText();
    texts.put(PictureTexts.SAMPLES, Long.toString(level.samples()));
    return new Drawn(sideBySide(pictures, columns), texts);
  }

  /** Neighbours share columns, and agree on them; where one has colours, all have. */
  private Picture sideBySide(List<Picture> pictures, int columns) {
    int channels = pictures.stream().mapToInt(Picture::channels).max().orElseThrow();
    byte[] strip = new byte[Math.multiplyExact(columns * channels, profile.height())];
    for (int k = 0; k < pictures.size(); k++) {
      Picture from = channels == 3 ? pictures.get(k).toRgb() : pictures.get(k);
      int at = (int) profile.grid().firstColumn(k);
      int count = Math.min(from.width(), columns - at);
      for (int y = 0; y < from.height(); y++) {
        System.arraycopy(
            from.samples(),
            y * from.width() * channels,
            strip,
            (y * columns + at) * channels,
            count * channels);
      }
    }
    return new Picture(columns, profile.height(), channels, strip);
  }

  private static Inversion withSize(Inversion i, int columns) {
    return new Inversion(
        i.profile(),
        i.sampleRateHz(),
        i.nFft(),
        i.hopSamples(),
        i.window(),
        i.axis(),
        i.lowHz(),
        i.highHz(),
        i.tiltDbPerOctave(),
        i.blackDb(),
        i.whiteDb(),
        columns,
        i.height(),
        columns,
        i.bins(),
        i.colour());
  }

  private static Drawn image(SpectrogramImage image) {
    var png = PngCodec.decode(PcmWire.bytes(image.getPng()), PngLimits.DEFAULT);
    return new Drawn(png.picture(), png.text());
  }

  private TrackLevel measure() throws IOException {
    try (TrackDecoder decoder = TrackDecoder.open(ffmpeg, source, profile)) {
      TrackLevel.Meter meter = new TrackLevel.Meter(decoder.layout());
      for (var piece = decoder.next(); piece.isPresent(); piece = decoder.next()) {
        meter.push(piece.get());
      }
      TrackLevel level = meter.finish(decoder.brokenOff());
      if (level.samples() < profile.nFft()) {
        throw new UnreadableSoundException(
            "%s has %d samples of sound, fewer than one analysis window of %d"
                .formatted(source.source().shown(), level.samples(), profile.nFft()));
      }
      return level;
    }
  }

  private interface ChunkTaker {
    void take(AudioChunk chunk);
  }

  private void eachChunk(TrackLevel level, ChunkTaker taker) throws IOException {
    TakeOrder order = new TakeOrder(interpretation, "", 0);
    try (TrackDecoder decoder = TrackDecoder.open(ffmpeg, source, profile)) {
      var info = source.toInfo(decoder.sourceRateHz(), decoder.sourceChannels(), level.samples());
      ChunkStream stream =
          new ChunkStream(new ChunkStream.Track("0", info, decoder.layout(), level), order);
      for (var piece = decoder.next(); piece.isPresent(); piece = decoder.next()) {
        stream.push(piece.get()).forEach(taker::take);
      }
      stream.finish(Optional.empty()).forEach(taker::take);
    }
  }
}
