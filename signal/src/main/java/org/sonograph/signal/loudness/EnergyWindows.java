package org.sonograph.signal.loudness;

import java.util.function.DoubleConsumer;

/**
 * Mean energy over windows that slide along a stream in even steps. Window k covers the samples
 * from {@code k * step + lead} on; what lies outside the stream does not count. Memory is one
 * window.
 */
final class EnergyWindows {
  private final int step;
  private final int lead;
  private final int cellSamples;
  private final double[] cells;
  private final int[] sizes;
  private final int windowCells;
  private final boolean whole;
  private final DoubleConsumer sink;
  private long closed;
  private long emitted;
  private double open;
  private int inOpen;

  private EnergyWindows(int window, int step, int lead, boolean whole, DoubleConsumer sink) {
    this.step = step;
    this.lead = lead;
    this.whole = whole;
    this.cellSamples = gcd(gcd(window, step), Math.abs(lead));
    this.windowCells = window / cellSamples;
    this.cells = new double[windowCells];
    this.sizes = new int[windowCells];
    this.sink = sink;
  }

  /** Windows that lie wholly within the stream, the first beginning with it. */
  static EnergyWindows blocks(int window, int step, DoubleConsumer sink) {
    return new EnergyWindows(window, step, 0, true, sink);
  }

  /**
   * Windows centred on sample 0, step, 2 step ..., as long as the centre lies within the stream.
   */
  static EnergyWindows centred(int window, int step, DoubleConsumer sink) {
    int even = window + (window & 1);
    return new EnergyWindows(even, step, -even / 2, false, sink);
  }

  /** Takes the energies of the next samples. */
  void add(double[] energies, int count) {
    int at = 0;
    while (at < count) {
      int until = Math.min(count, at + cellSamples - inOpen);
      inOpen += until - at;
      double sum = open;
      while (at < until) {
        sum += energies[at++];
      }
      open = sum;
      if (inOpen == cellSamples) {
        close();
      }
    }
  }

  /**
   * Ends the stream: windows that reach past its end are still given, unless they must lie within.
   */
  void finish() {
    long samples = closed * cellSamples + inOpen;
    close();
    while (!whole && emitted * step < samples) {
      close();
    }
  }

  boolean hasEmitted() {
    return emitted > 0;
  }

  private void close() {
    int at = (int) (closed % windowCells);
    cells[at] = open;
    sizes[at] = inOpen;
    open = 0;
    inOpen = 0;
    closed++;
    if (closed * cellSamples == emitted * step + lead + (long) windowCells * cellSamples) {
      double sum = 0;
      long count = 0;
      for (int i = 0; i < windowCells; i++) {
        sum += cells[i];
        count += sizes[i];
      }
      emitted++;
      if (!whole || count == (long) windowCells * cellSamples) {
        sink.accept(count == 0 ? 0 : sum / count);
      }
    }
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
