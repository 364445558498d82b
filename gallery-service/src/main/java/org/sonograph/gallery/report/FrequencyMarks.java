package org.sonograph.gallery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.sonograph.signal.spectrogram.FrequencyAxis;

/** What stands beside the frequency axis of a picture. */
public enum FrequencyMarks {
  /** Frequencies in hertz. */
  HZ,
  /** The note C of every octave, A4 = 440 Hz. */
  NOTES;

  private static final double[] ROUND_HZ = {
    50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 20_000
  };
  private static final int OCTAVES = 10;

  /**
   * One mark.
   *
   * @param top its place from the top, as a share of the picture's height
   * @param text what it says
   */
  public record Mark(double top, String text) {}

  /** As the user types it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The marks of an axis from the bottom up.
   *
   * @param least share of the height that has to lie between two of them
   */
  public List<Mark> of(FrequencyAxis axis, double least) {
    List<Mark> all =
        switch (this) {
          case HZ -> IntStream.range(0, ROUND_HZ.length).mapToObj(i -> round(axis, i)).toList();
          case NOTES -> IntStream.range(0, OCTAVES).mapToObj(o -> note(axis, o)).toList();
        };
    List<Mark> shown = new ArrayList<>();
    for (Mark mark : all) {
      boolean isOutside = mark.top < 0 || mark.top > 1;
      if (!isOutside && (shown.isEmpty() || shown.getLast().top - mark.top >= least)) {
        shown.add(mark);
      }
    }
    return shown;
  }

  private static Mark round(FrequencyAxis axis, int index) {
    double hz = ROUND_HZ[index];
    String text = hz < 1000 ? "%.0f Hz".formatted(hz) : "%.0f kHz".formatted(hz / 1000);
    return new Mark(top(axis, hz), text);
  }

  private static Mark note(FrequencyAxis axis, int octave) {
    double hz = 440 * Math.pow(2, octave - 4 - 9 / 12.0);
    return new Mark(top(axis, hz), "C" + octave);
  }

  private static double top(FrequencyAxis axis, double hz) {
    return 1 - axis.height(hz) / axis.rows();
  }
}
