package org.sonograph.ingest.cut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a track that arrives piece by piece into chunks on its grid. Holds one chunk and its
 * context.
 */
public final class ChunkCutter {
  private final TrackLayout layout;
  private final int widthSamples;
  private float[][] buffer;
  private long bufferStart;
  private int filled;
  private long next;

  public ChunkCutter(TrackLayout layout) {
    this.layout = layout;
    this.widthSamples = layout.grid().widthColumns() * layout.grid().hopSamples();
    this.buffer = new float[layout.channels()][widthSamples + 4 * layout.contextSamples()];
  }

  /** Takes the next samples; gives the chunks that are complete with them, in order. */
  public List<CutChunk> push(float[][] piece) {
    append(piece);
    List<CutChunk> complete = new ArrayList<>();
    while (received() >= startOf(next) + widthSamples + layout.contextSamples()) {
      complete.add(cut(widthSamples));
      next++;
      dropBefore(startOf(next) - layout.contextSamples());
    }
    return complete;
  }

  /** Ends the track; gives the chunks that are left. A track without a sample has none. */
  public List<CutChunk> finish() {
    List<CutChunk> rest = new ArrayList<>();
    long total = received() == 0 ? 0 : layout.grid().chunks(received());
    while (next < total) {
      rest.add(cut((int) layout.grid().lengthSamples(next, received())));
      next++;
    }
    return rest;
  }

  /** Samples of the track so far. */
  public long received() {
    return bufferStart + filled;
  }

  private long startOf(long chunk) {
    return layout.grid().startSample(chunk);
  }

  private CutChunk cut(int lengthSamples) {
    long start = startOf(next);
    long from = Math.max(0, start - layout.contextSamples());
    long to = Math.min(received(), start + lengthSamples + layout.contextSamples());
    float[][] samples = new float[layout.channels()][];
    for (int c = 0; c < samples.length; c++) {
      samples[c] =
          Arrays.copyOfRange(buffer[c], (int) (from - bufferStart), (int) (to - bufferStart));
    }
    return new CutChunk(next, start, lengthSamples, (int) (start - from), samples);
  }

  private void append(float[][] piece) {
    int count = piece[0].length;
    for (int c = 0; c < buffer.length; c++) {
      if (filled + count > buffer[c].length) {
        buffer[c] = Arrays.copyOf(buffer[c], Math.max(2 * buffer[c].length, filled + count));
      }
      System.arraycopy(piece[c], 0, buffer[c], filled, count);
    }
    filled += count;
  }

  private void dropBefore(long sample) {
    int drop = Math.clamp(sample - bufferStart, 0, filled);
    for (float[] channel : buffer) {
      System.arraycopy(channel, drop, channel, 0, filled - drop);
    }
    bufferStart += drop;
    filled -= drop;
  }
}
