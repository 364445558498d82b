package org.sonograph.gallery;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** Names of the files in a take's folder. */
final class TakeFiles {
  private static final int SILENT_CHANNELS = 1;

  private final TakeState take;
  private final OutputFormat format;

  TakeFiles(TakeState take) {
    this.take = take;
    this.format = OutputFormat.parse(take.track().format());
  }

  /** Name of a chunk's picture. */
  static String picture(long chunk) {
    return "%06d.png".formatted(chunk);
  }

  /** Name of a chunk's picture where space is saved. */
  static String leanPicture(long chunk) {
    return "%06d.jpg".formatted(chunk);
  }

  OutputFormat format() {
    return format;
  }

  /** The WAV that sound is collected in until all of it has come. */
  Path partial(ReadingState reading) {
    return take.folder().resolve(base(reading) + ".partial.wav");
  }

  /** The file that is asked for. */
  Path whole(ReadingState reading) {
    return take.folder().resolve(base(reading) + "." + format.extension());
  }

  /**
   * The file that sound goes to now: the finished one where it is a WAV, so that a repair lands in
   * it.
   */
  Path writable(ReadingState reading) {
    Path whole = whole(reading);
    return !format.needsEncoding() && Files.exists(whole) ? whole : partial(reading);
  }

  /** Head of a reading's WAV; one that never sounded has one channel of silence. */
  WaveHeader header(ReadingState reading) {
    return new WaveHeader(
        format.collected(),
        reading.channels() == 0 ? SILENT_CHANNELS : reading.channels(),
        reading.sampleRateHz(),
        SoundLabel.ofReading(take, reading.name()),
        take.take(),
        ends());
  }

  /** A track of one picture that goes round goes round itself, where its time is the track's. */
  private WaveHeader.Ends ends() {
    boolean goesRound =
        take.interpretation().getDiffusion().getLoop()
            && take.interpretation().getProfile().equals(SpectrogramProfile.TAPE.name())
            && take.track().totalChunks() == 1
            && take.failures().isEmpty();
    return goesRound ? WaveHeader.Ends.LOOP : WaveHeader.Ends.STOP;
  }

  private static String base(ReadingState reading) {
    return SafeName.of(reading.name(), "reading");
  }
}
