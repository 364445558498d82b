package org.sonograph.gallery.live;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;

/** Sound cards as Java finds them, by a part of their name that stays the same. */
public final class JavaCardLines implements CardLines {
  private final String name;

  /**
   * Cards of a name.
   *
   * @param name part of the card's name or description, in any case; {@code default} = the system's
   *     own choice
   */
  public JavaCardLines(String name) {
    this.name = name;
  }

  @Override
  public CardLine open(int channels) throws IOException {
    int rate = OutputGrid.STANDARD.rateHz();
    int frameBytes = channels * Short.BYTES;
    AudioFormat format =
        new AudioFormat(
            AudioFormat.Encoding.PCM_SIGNED, rate, Short.SIZE, channels, frameBytes, rate, false);
    DataLine.Info wanted = new DataLine.Info(SourceDataLine.class, format);
    try {
      SourceDataLine line =
          name.equals("default")
              ? (SourceDataLine) AudioSystem.getLine(wanted)
              : (SourceDataLine) AudioSystem.getMixer(mixer(wanted)).getLine(wanted);
      line.open(format, rate / 1000 * BUFFER_MS * frameBytes);
      line.start();
      return new Playing(line);
    } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
      throw new IOException(
          "card %s does not play %d channels of 16 bits at %d Hz (%s); cards here: %s"
              .formatted(name, channels, rate, e.getMessage(), names()),
          e);
    }
  }

  private Mixer.Info mixer(DataLine.Info wanted) throws IOException {
    String part = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(AudioSystem.getMixerInfo())
        .filter(
            info ->
                (info.getName() + " " + info.getDescription())
                    .toLowerCase(Locale.ROOT)
                    .contains(part))
        .filter(info -> AudioSystem.getMixer(info).isLineSupported(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "no card is called %s and takes this format, expected a part of one of: %s"
                        .formatted(name, names())));
  }

  /** Names of the cards there are. */
  static List<String> names() {
    return Arrays.stream(AudioSystem.getMixerInfo()).map(Mixer.Info::getName).toList();
  }

  private record Playing(SourceDataLine line) implements CardLine {
    @Override
    public void write(byte[] frames) throws IOException {
      if (!line.isOpen() || line.write(frames, 0, frames.length) < frames.length) {
        throw new IOException("the card took no more");
      }
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
