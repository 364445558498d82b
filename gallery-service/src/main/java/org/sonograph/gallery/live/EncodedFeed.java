package org.sonograph.gallery.live;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.signal.sound.SampleFormat;

/**
 * A stream as an encoder gives it. One encoder serves all listeners; where it ends or hangs another
 * one takes its place and gets what has waited.
 */
final class EncodedFeed extends Feed {
  private static final Logger LOG = LoggerFactory.getLogger(EncodedFeed.class);
  private static final int ROOM_BLOCKS = 500;
  private static final long PAUSE_MS = 5000;

  /** An encoder that ends sooner will end again. */
  private static final long SOON_NANOS = 10_000_000_000L;

  private static final int READ_BYTES = 8192;

  private final Encoders encoders;
  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(ROOM_BLOCKS);
  private final Thread keeper;
  private volatile Encoders.Encoder running;
  private volatile boolean isClosed;

  /**
   * A feed that starts to encode.
   *
   * @param recent blocks that were made before, for the first listener's burst
   */
  EncodedFeed(SoundFormat format, Encoders encoders, List<float[][]> recent) {
    super(format);
    this.encoders = encoders;
    recent.forEach(this::block);
    this.keeper = Thread.ofVirtual().name("live-" + format.extension()).start(this::keep);
  }

  @Override
  void block(float[][] sound) {
    byte[] frames = SampleFormat.F32.encode(sound, 0, sound[0].length);
    if (!waiting.offer(frames)) {
      // an encoder that takes nothing for so long is replaced
      waiting.clear();
      end();
    }
  }

  /** Ends the encoder that runs; on a thread of its own, since the output's may not wait. */
  private void end() {
    Encoders.Encoder last = running;
    if (last != null) {
      Thread.ofVirtual().start(last::close);
    }
  }

  private void keep() {
    while (!isClosed) {
      long begunNanos = System.nanoTime();
      try (Encoders.Encoder encoder = encoders.start(format().encoded().orElseThrow())) {
        running = encoder;
        Thread writer = Thread.ofVirtual().start(() -> write(encoder));
        read(encoder);
        writer.interrupt();
      } catch (IOException e) {
        LOG.warn("live.{} cannot be encoded: {}", format().extension(), e.getMessage());
      }
      if (!isClosed) {
        LOG.warn("the encoder of live.{} ended; another one starts", format().extension());
        restart();
        if (System.nanoTime() - begunNanos < SOON_NANOS) {
          pause();
        }
      }
    }
  }

  private void read(Encoders.Encoder encoder) throws IOException {
    Pieces pieces = new Pieces(format(), this);
    byte[] bytes = new byte[READ_BYTES];
    for (int n = encoder.read(bytes); n >= 0; n = encoder.read(bytes)) {
      pieces.push(bytes, n);
    }
  }

  private void write(Encoders.Encoder encoder) {
    try {
      while (!isClosed) {
        encoder.write(waiting.take());
      }
    } catch (IOException e) {
      LOG.debug("the encoder takes no more: {}", e.toString());
      encoder.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    end();
    keeper.interrupt();
    super.close();
  }
}
