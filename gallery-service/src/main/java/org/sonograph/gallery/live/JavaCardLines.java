package org.sonograph.gallery.live;

import java.io.IOException;
import javax.sound.sampled.SourceDataLine;
import org.sonograph.runtime.card.SoundCards;

/**
 * Sound cards as Java finds them.
 *
 * @param name part of the card's name, as {@link SoundCards#open} takes it
 */
public record JavaCardLines(String name) implements CardLines {
  @Override
  public CardLine open(int channels) throws IOException {
    return new Playing(
        SoundCards.open(
            name, SourceDataLine.class, OutputGrid.STANDARD.rateHz(), channels, BUFFER_MS));
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
