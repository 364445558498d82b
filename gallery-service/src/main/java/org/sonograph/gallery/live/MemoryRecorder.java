package org.sonograph.gallery.live;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.signal.sound.Sound;

/** Writes what is heard of takes into a stream's memory, on a thread of its own. */
final class MemoryRecorder implements BlockSink {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryRecorder.class);
  private static final int WAITING = 4;

  /** Less than this is not worth a file. */
  private static final int LEAST_SECONDS = 2;

  private final OutputGrid grid;
  private final MemoryFolder folder;
  private final LongSupplier wallMs;
  private final BlockingQueue<Full> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread writer;
  private float[][] filling;
  private int filled;
  private boolean goesOn;

  private record Full(long beginMs, boolean goesOn, Sound sound) {}

  MemoryRecorder(OutputGrid grid, MemoryFolder folder, LongSupplier wallMs) {
    this.grid = grid;
    this.folder = folder;
    this.wallMs = wallMs;
    this.filling = fresh();
    this.writer = Thread.ofVirtual().name("live-memory").start(this::write);
  }

  private float[][] fresh() {
    return new float[OutputGrid.CHANNELS][MemoryFolder.PIECE_SECONDS * grid.rateHz()];
  }

  @Override
  public void block(LiveBlock block) {
    if (!block.kind().isTake()) {
      handOver(false);
      return;
    }
    int count = block.mixed()[0].length;
    for (int c = 0; c < filling.length; c++) {
      System.arraycopy(block.mixed()[c], 0, filling[c], filled, count);
    }
    filled += count;
    if (filled + count > filling[0].length) {
      handOver(true);
    }
  }

  /**
   * Gives what was heard to the writer.
   *
   * @param more whether what follows goes on from it
   */
  private void handOver(boolean more) {
    if (filled == 0) {
      goesOn = false;
      return;
    }
    boolean isKept = filled >= LEAST_SECONDS * grid.rateHz();
    if (isKept) {
      float[][] sound = {Arrays.copyOf(filling[0], filled), Arrays.copyOf(filling[1], filled)};
      long beginMs = wallMs.getAsLong() - filled * 1000L / grid.rateHz();
      isKept = waiting.offer(new Full(beginMs, goesOn, new Sound(grid.rateHz(), sound)));
    }
    goesOn = more && isKept;
    filled = 0;
  }

  private void write() {
    boolean wasTold = false;
    try {
      while (true) {
        Full full = waiting.take();
        try {
          folder.write(full.beginMs(), full.goesOn(), full.sound());
          wasTold = false;
        } catch (IOException | RuntimeException e) {
          if (!wasTold) {
            LOG.warn("what is heard is not kept for a restart: {}", e.getMessage());
            wasTold = true;
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("nothing more is kept");
    }
  }

  @Override
  public void close() {
    writer.interrupt();
  }
}
