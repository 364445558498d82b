package org.sonograph.decoder;

import java.util.Optional;
import java.util.SortedMap;
import org.sonograph.signal.loudness.LevelFollower;
import org.sonograph.signal.loudness.SourceLevel;
import org.sonograph.signal.loudness.TruePeakLimiter;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.reading.ReadingOutput;
import org.sonograph.signal.reading.ReadingOutput.Extent;
import org.sonograph.signal.reading.ReadingRequest;
import org.sonograph.signal.reading.Readings;
import org.sonograph.signal.reading.SourceSound;
import org.sonograph.signal.reading.TrackPosition;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * Reads one picture as sound, for the service and without a broker. Pure; safe for any number of
 * threads.
 *
 * <p>A sound on the track's timeline ({@code tape}) is stereo and gets the level of its source; a
 * sound with a length of its own ({@code notebook}) stays as the reading made it.
 */
public final class PictureDecoder {
  private static final int STEREO = 2;

  private final Readings readings;

  /** Decodes with every reading on the class path. */
  public PictureDecoder() {
    this(new Readings());
  }

  PictureDecoder(Readings readings) {
    this.readings = readings;
  }

  /**
   * How loud a sound is to become.
   *
   * @param source loudness of the source
   * @param dynamics how much of the source's loudness form is followed, 0 to 1
   * @param targetLufs integrated loudness aimed at
   */
  record Loudness(SourceLevel source, double dynamics, double targetLufs) {

    /** An even level, for a picture whose source is not known. */
    static final Loudness EVEN =
        new Loudness(SourceLevel.steady(LevelFollower.TARGET_LUFS), 0, LevelFollower.TARGET_LUFS);
  }

  /**
   * Reads a picture that stands alone, as {@code ./sonograph decode} does: at an even level and
   * limited where a chain would do so.
   *
   * @param art the picture
   * @param inversion what inverts it
   * @param reading name of the reading
   * @param parameters of the reading, by name
   * @throws IllegalArgumentException if the picture cannot be read this way; the message says why
   */
  public Sound decode(
      Picture art, Inversion inversion, String reading, SortedMap<String, String> parameters) {
    return decode(art, inversion, reading, parameters, Optional.empty());
  }

  /**
   * The same with the sound that the picture was made from.
   *
   * @param source at the inversion's rate, from the picture's first column on
   */
  public Sound decode(
      Picture art,
      Inversion inversion,
      String reading,
      SortedMap<String, String> parameters,
      Optional<Sound> source) {
    ReadingOutput output = read(reading, alone(art, inversion, parameters, source), Loudness.EVEN);
    return output.extent() == Extent.OWN ? output.sound() : limited(output.sound());
  }

  /**
   * The same of a picture whose right edge goes on at its left: after the sound's last sample comes
   * its first.
   *
   * @param source at the inversion's rate, from the picture's first column on
   * @throws IllegalArgumentException if the sound has a length of its own, which does not go round
   */
  public Sound decodeRound(
      Picture art,
      Inversion inversion,
      String reading,
      SortedMap<String, String> parameters,
      Optional<Sound> source) {
    ReadingOutput output =
        readRound(reading, alone(art, inversion, parameters, source), Loudness.EVEN);
    if (output.extent() == Extent.OWN) {
      throw new IllegalArgumentException(
          "reading %s of profile %s has a length of its own, expected one that follows the picture for a loop"
              .formatted(reading, inversion.profile()));
    }
    // the limiter has to know what comes before and after: the sound itself
    Sound once = output.sound();
    return limited(once.then(once).then(once)).slice(once.length(), once.length());
  }

  private static ReadingRequest alone(
      Picture art,
      Inversion inversion,
      SortedMap<String, String> parameters,
      Optional<Sound> source) {
    long length = (long) inversion.frames() * inversion.hopSamples();
    return new ReadingRequest(
        art,
        inversion,
        new TrackPosition("", 0, length, inversion.sampleRateHz()),
        parameters,
        source.map(sound -> new SourceSound(sound, 0)));
  }

  /** Whether a reading asks for the source's sound. */
  boolean wantsSource(String reading) {
    return readings.named(reading).wantsSource();
  }

  /** Reads a picture of a chain; not limited, since its neighbours are not there. */
  ReadingOutput read(String reading, ReadingRequest request, Loudness loudness) {
    ReadingOutput output = readings.named(reading).read(request);
    if (output.extent() == Extent.OWN) {
      return output;
    }
    Sound levelled =
        LevelFollower.follow(
            output.sound(), loudness.source(), loudness.dynamics(), loudness.targetLufs());
    return new ReadingOutput(stereo(levelled), Extent.TRACK);
  }

  /** As {@link #read}, of a picture that goes round; a sound with a length of its own does not. */
  ReadingOutput readRound(String reading, ReadingRequest request, Loudness loudness) {
    if (!request.inversion().profile().equals(SpectrogramProfile.TAPE.name())) {
      return read(reading, request, loudness);
    }
    RoundPicture round = RoundPicture.of(request);
    ReadingOutput output = read(reading, round.request(), loudness);
    return output.extent() == Extent.OWN
        ? output
        : new ReadingOutput(round.close(output.sound()), Extent.TRACK);
  }

  private static Sound stereo(Sound sound) {
    if (sound.channelCount() >= STEREO) {
      return sound;
    }
    float[] centre = sound.channels()[0];
    return Sound.stereo(sound.sampleRateHz(), centre, centre.clone());
  }

  private static Sound limited(Sound sound) {
    TruePeakLimiter limiter = new TruePeakLimiter(sound.sampleRateHz(), sound.channelCount());
    Sound head = new Sound(sound.sampleRateHz(), limiter.push(sound.channels()));
    return head.then(new Sound(sound.sampleRateHz(), limiter.finish()));
  }
}
