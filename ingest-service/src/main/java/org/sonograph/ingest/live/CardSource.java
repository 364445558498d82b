package org.sonograph.ingest.live;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sound.sampled.TargetDataLine;
import org.sonograph.runtime.card.SoundCards;
import org.sonograph.signal.sound.SampleFormat;

/** What a sound card hears: a microphone, a line, a mixing desk. */
final class CardSource implements LiveSource {
  /** How a card is named as a source: {@code card}, or {@code card:} and a part of its name. */
  static final String SCHEME = "card";

  private static final int PIECE_FRAMES = 1024;
  private static final int BUFFER_MS = 500;
  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

  private final String card;
  private final int rateHz;
  private final int channels;
  private final Duration patience;

  /**
   * A card.
   *
   * @param card part of its name
   * @param patience time without a sample after which it counts as gone: a card that is pulled out
   *     may say nothing
   */
  CardSource(String card, int rateHz, int channels, Duration patience) {
    this.card = card;
    this.rateHz = rateHz;
    this.channels = channels;
    this.patience = patience;
  }

  /** Whether a source's text names a card. */
  static boolean isNamedBy(String source) {
    return source.equals(SCHEME) || source.startsWith(SCHEME + ":");
  }

  /** The part of a card's name in a source's text. */
  static String cardOf(String source) {
    String name = source.substring(Math.min(source.length(), SCHEME.length() + 1)).strip();
    return name.isEmpty() ? SoundCards.DEFAULT : name;
  }

  @Override
  public String shown() {
    return "card " + card;
  }

  @Override
  public LiveFeed open(Consumer<String> titles) throws IOException {
    try {
      TargetDataLine line =
          SoundCards.open(card, TargetDataLine.class, rateHz, channels, BUFFER_MS);
      return new Feed(line, channels, patience);
    } catch (IOException e) {
      throw new IOException("is not to be had: " + e.getMessage(), e);
    }
  }

  /**
   * Sound of an open line.
   *
   * @param line frames of 16 bits
   */
  record Feed(TargetDataLine line, int channels, Duration patience) implements LiveFeed {
    @Override
    public int sampleRateHz() {
      return (int) line.getFormat().getSampleRate();
    }

    @Override
    public Optional<float[]> read() throws IOException {
      int frameBytes = channels * Short.BYTES;
      int frames = Math.min(PIECE_FRAMES, await(frameBytes) / frameBytes);
      byte[] bytes = new byte[frames * frameBytes];
      int read = line.read(bytes, 0, bytes.length);
      if (read <= 0) {
        throw new IOException("was lost: the card is gone");
      }
      // interleaved samples are those of one channel
      return Optional.of(SampleFormat.S16.decode(bytes, 0, read, 1)[0]);
    }

    /** Bytes that can be read at once; waits for a frame. */
    private int await(int frameBytes) throws IOException {
      long until = System.nanoTime() + patience.toNanos();
      int available = line.available();
      while (available < frameBytes) {
        if (!line.isOpen() || System.nanoTime() - until > 0) {
          throw new IOException(
              "was lost: the card has sent nothing for %d s".formatted(patience.toSeconds()));
        }
        LockSupport.parkNanos(LOOK_NANOS);
        available = line.available();
      }
      return available;
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
