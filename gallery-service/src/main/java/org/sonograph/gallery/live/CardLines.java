package org.sonograph.gallery.live;

import java.io.IOException;

/** Opens a sound card. */
public interface CardLines {
  /** Sound that waits in a card. */
  int BUFFER_MS = 200;

  /**
   * Opens it for 16-bit frames at {@link OutputGrid#STANDARD}.
   *
   * @throws IOException where it is not there, or is in use
   */
  CardLine open(int channels) throws IOException;

  /** A card at work. */
  interface CardLine extends AutoCloseable {
    /**
     * Plays interleaved little-endian 16-bit frames; waits while the card has enough.
     *
     * @throws IOException where the card is gone
     */
    void write(byte[] frames) throws IOException;

    @Override
    void close();
  }
}
