package org.sonograph.runtime.card;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;

/**
 * Lines of sound cards as Java finds them, by a part of the card's name, which stays the same
 * whatever its number is.
 */
public final class SoundCards {
  /** The system's own choice. */
  public static final String DEFAULT = "default";

  private SoundCards() {}

  /**
   * A line of a card, opened: interleaved little-endian samples of 16 bits.
   *
   * @param <L> {@link javax.sound.sampled.SourceDataLine}, which plays, or {@link
   *     javax.sound.sampled.TargetDataLine}, which records
   * @param name part of the card's name or description, in any case, or {@link #DEFAULT}
   * @param bufferMs sound that may wait in the card
   * @throws IOException where no such card is there, it is in use, or not for this form; the
   *     message names the cards there are
   */
  public static <L extends DataLine> L open(
      String name, Class<L> kind, int rateHz, int channels, int bufferMs) throws IOException {
    int frameBytes = channels * Short.BYTES;
    AudioFormat format =
        new AudioFormat(
            AudioFormat.Encoding.PCM_SIGNED,
            rateHz,
            Short.SIZE,
            channels,
            frameBytes,
            rateHz,
            false);
    DataLine.Info wanted =
        new DataLine.Info(kind, format, (int) (rateHz * (long) bufferMs / 1000) * frameBytes);
    L line = null;
    try {
      line = kind.cast(line(name, wanted));
      // each opens as its information says: this format, so much sound
      line.open();
      line.start();
      return line;
    } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
      if (line != null) {
        line.close();
      }
      throw new IOException(
          "card %s has no %d channels of 16 bits at %d Hz (%s); cards here: %s"
              .formatted(name, channels, rateHz, e.getMessage(), names(kind)),
          e);
    }
  }

  private static Line line(String name, DataLine.Info wanted)
      throws IOException, LineUnavailableException {
    return name.equals(DEFAULT)
        ? AudioSystem.getLine(wanted)
        : AudioSystem.getMixer(mixer(name, wanted)).getLine(wanted);
  }

  private static Mixer.Info mixer(String name, DataLine.Info wanted) throws IOException {
    String part = name.toLowerCase(Locale.ROOT);
    return mixers(wanted)
        .filter(
            info ->
                (info.getName() + " " + info.getDescription())
                    .toLowerCase(Locale.ROOT)
                    .contains(part))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "no card is called %s and takes this format, expected a part of one of: %s"
                        .formatted(name, names(wanted.getLineClass()))));
  }

  private static Stream<Mixer.Info> mixers(Line.Info wanted) {
    return Arrays.stream(AudioSystem.getMixerInfo())
        .filter(info -> AudioSystem.getMixer(info).isLineSupported(wanted));
  }

  /** Names of the cards that play, or that record. */
  public static List<String> names(Class<?> kind) {
    return mixers(new Line.Info(kind)).map(Mixer.Info::getName).toList();
  }
}
