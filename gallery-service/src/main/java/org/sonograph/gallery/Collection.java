package org.sonograph.gallery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sonograph.gallery.page.News;
import org.sonograph.gallery.page.Paint;
import org.sonograph.gallery.page.Watcher;
import org.sonograph.gallery.report.ArtFile;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Generation;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.signal.sound.Sound;

/**
 * Puts records into files. A record may come any number of times, and after a crash everything
 * since the last {@link #sync} comes again: the files end up the same.
 */
final class Collection {
  private static final double FADE_SECONDS = 0.01;

  private final TakeFolders folders;
  private final Watcher watcher;
  private final Set<TakeState> changed = new LinkedHashSet<>();
  private final List<News> heard = new ArrayList<>();
  private final Map<Path, OpenSound> open = new LinkedHashMap<>();

  private record OpenSound(SoundFile file, ReadingState reading) {}

  /** A collection whose news are told. */
  Collection(TakeFolders folders, Watcher watcher) {
    this.folders = folders;
    this.watcher = watcher;
  }

  /** Writes the spectrogram of a chunk. */
  TakeState accept(SpectrogramImage record) throws IOException {
    TakeState take = take(record.getPlace(), record.getSource(), record.getInterpretation());
    long chunk = record.getPlace().getChunk();
    boolean isKept = !OutputFormat.parse(take.track().format()).isLean();
    if (isKept && record.getFailure() == null && !take.spectrograms().contains(chunk)) {
      writePicture(take.folder().resolve("spectrogram"), chunk, record.getPng());
      take.spectrograms().add(chunk);
      watcher.tell(new News.Drawn(take.take(), chunk));
    }
    return take;
  }

  /** Writes the art of a chunk. */
  TakeState accept(DiffusedImage record) throws IOException {
    TakeState take = take(record.getPlace(), record.getSource(), record.getInterpretation());
    long chunk = record.getPlace().getChunk();
    if (record.getFailure() == null && !take.arts().contains(chunk)) {
      writeArt(take, chunk, record.getPng());
      take.setTrack(take.track().with(record.getInversion()));
      take.learn(record.getGeneration(), chunk);
      take.arts().add(chunk);
      watcher.tell(painted(take, chunk, record.getGeneration()));
    }
    return take;
  }

  /** Writes one reading of a chunk at the place it carries, or silence of the same length. */
  TakeState accept(AudioOutput record) throws IOException {
    SoundCheck.require(record);
    TakeState take = take(record.getPlace(), record.getSource(), record.getInterpretation());
    ReadingState reading = take.reading(record.getReading());
    SoundCheck.requireSameForm(record, reading);
    boolean isRepair = !record.getPlace().getTake().equals(take.take());
    boolean isHeard = record.getFailure() == null;
    long chunk = record.getPlace().getChunk();
    if (isRepair ? reading.received().contains(chunk) : !reading.received().add(chunk)) {
      if (isHeard && take.hasFailed(chunk, reading.name())) {
        writeSound(take, reading, record);
        if (!take.hasFailed(chunk + 1, reading.name())) {
          fadeOut(take, reading, record);
        }
        take.heal(chunk, reading.name());
        take.reopen();
      }
      return take;
    }
    if (isRepair) {
      return take;
    }
    try {
      writeSound(take, reading, record);
    } catch (IOException e) {
      reading.received().remove(chunk);
      throw e;
    }
    if (!isHeard) {
      take.fail(record.getPlace(), reading.name(), record.getFailure());
    }
    tell(take, reading, record);
    if (record.getLast()) {
      reading.endAt(chunk);
    }
    return take;
  }

  private static News painted(TakeState take, long chunk, Generation made) {
    Paint paint =
        Paint.of(made.getModelId(), made.getSteps(), made.getStrength(), made.getGuidance());
    return new News.Painted(take.take(), chunk, paint, made.getSeconds());
  }

  private void tell(TakeState take, ReadingState reading, AudioOutput record) {
    long chunk = record.getPlace().getChunk();
    if (record.getFailure() != null) {
      watcher.tell(
          new News.Failed(take.take(), chunk, reading.name(), record.getFailure().getReason()));
    } else {
      double until = reading.samples() / (double) Math.max(1, reading.sampleRateHz());
      // Told once it is on disk: before that its file has no head.
      heard.add(new News.Heard(take.take(), chunk, reading.name(), until));
    }
  }

  /** Marks a take as changed, so that the next {@link #sync} writes its {@code track.json}. */
  void touch(TakeState take) {
    changed.add(take);
  }

  /** Forces sound and state to disk; only then may the records they came from be forgotten. */
  void sync() throws IOException {
    for (OpenSound sound : open.values()) {
      sound.file().sync(sound.reading().samples());
    }
    close();
    heard.forEach(watcher::tell);
    heard.clear();
    for (TakeState take : changed) {
      DurableFiles.write(take.folder().resolve(TrackJson.FILE), TrackJson.write(take));
      watcher.tell(new News.Changed(take.take(), take.folder()));
    }
    changed.clear();
  }

  /** Closes what is open without forcing it. */
  void close() throws IOException {
    for (OpenSound sound : open.values()) {
      sound.file().close();
    }
    open.clear();
  }

  private TakeState take(Place place, SourceInfo source, Interpretation interpretation)
      throws IOException {
    if (!ChunkSet.accepts(place.getChunk()) || place.getStartSample() < 0) {
      throw new BadRecordException(
          "chunk=%d startSample=%d, expected 0 to %d and a place in the track (take=%s)"
              .formatted(
                  place.getChunk(), place.getStartSample(), ChunkSet.MAX_CHUNK, place.getTake()));
    }
    OutputFormat.parse(place.getFormat());
    TakeName name = TakeName.parse(place.getTake());
    TakeState take = folders.of(name.original(), source.getName(), place.getFolder());
    if (name.isRepair()) {
      take.repairs().add(name.id());
    }
    take.learn(source, interpretation);
    take.setTrack(take.track().with(place));
    changed.add(take);
    return take;
  }

  private static void writeArt(TakeState take, long chunk, ByteBuffer png) throws IOException {
    Path folder = take.folder().resolve(ArtFile.FOLDER);
    Optional<byte[]> jpeg =
        OutputFormat.parse(take.track().format()).isLean()
            ? LeanPicture.of(PcmWire.bytes(png))
            : Optional.empty();
    if (jpeg.isPresent()) {
      makeFolder(folder);
      DurableFiles.write(folder.resolve(TakeFiles.leanPicture(chunk)), jpeg.get());
    } else {
      writePicture(folder, chunk, png);
    }
  }

  private static void writePicture(Path folder, long chunk, ByteBuffer png) throws IOException {
    makeFolder(folder);
    DurableFiles.write(folder.resolve(TakeFiles.picture(chunk)), PcmWire.bytes(png));
  }

  private static void makeFolder(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      Files.createDirectories(folder);
      DurableFiles.forceFolder(folder.getParent());
    }
  }

  private void writeSound(TakeState take, ReadingState reading, AudioOutput record)
      throws IOException {
    // A chunk that failed may still begin with the end of the sound before it, fading out.
    boolean isHeard = record.getPcm().hasRemaining();
    if (isHeard && reading.channels() == 0) {
      reading.setChannels(record.getChannels());
    }
    if (reading.sampleRateHz() == 0) {
      reading.setRate(record.getSampleRateHz());
    }
    if (reading.channels() > 0) {
      SoundFile file = open(take, reading);
      if (isHeard) {
        Sound sound =
            PcmWire.fromAvro(
                record.getPcm(),
                record.getSampleFormat(),
                record.getChannels(),
                record.getSampleRateHz());
        file.write(record.getStartSample(), sound.channels(), 0, sound.length());
      } else {
        file.silence(record.getStartSample(), record.getSamples());
      }
    }
    reading.growTo(record.getStartSample() + record.getSamples());
  }

  /**
   * What follows a repaired chunk was made to begin after silence, so the repaired chunk has to end
   * there.
   */
  private void fadeOut(TakeState take, ReadingState reading, AudioOutput record)
      throws IOException {
    if (!record.getPcm().hasRemaining() || record.getLast()) {
      return;
    }
    Sound sound =
        PcmWire.fromAvro(
            record.getPcm(),
            record.getSampleFormat(),
            record.getChannels(),
            record.getSampleRateHz());
    int length = (int) Math.min(sound.length(), Math.round(FADE_SECONDS * sound.sampleRateHz()));
    int from = sound.length() - length;
    for (float[] channel : sound.channels()) {
      for (int i = 0; i < length; i++) {
        channel[from + i] *= 1 - (i + 1f) / length;
      }
    }
    open(take, reading).write(record.getStartSample() + from, sound.channels(), from, length);
  }

  private SoundFile open(TakeState take, ReadingState reading) throws IOException {
    TakeFiles files = new TakeFiles(take);
    Path path = files.writable(reading);
    OpenSound known = open.get(path);
    if (known == null) {
      known = new OpenSound(new SoundFile(path, files.header(reading)), reading);
      open.put(path, known);
    }
    return known.file();
  }
}
