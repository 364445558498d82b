package org.sonograph.gallery.report;

import java.util.List;
import java.util.Locale;
import org.sonograph.signal.compare.Survival;

/** The figures of a comparison, each with a sentence that says what it means here. */
final class Survived {
  private Survived() {}

  /**
   * One figure.
   *
   * @param name what it measures
   * @param value as shown
   * @param sentence what it means
   */
  record Figure(String name, String value, String sentence) {}

  static List<Figure> figures(Survival s) {
    return List.of(
        new Figure(
            "onset agreement",
            number(s.onsets()),
            "Of what begins in either sound, %.0f %% begins in both within 50 ms: the rhythm %s."
                .formatted(100 * s.onsets(), degree(s.onsets(), 0.7, 0.4))),
        new Figure(
            "chroma similarity",
            number(s.chroma()),
            "How alike the twelve pitch classes are, moment by moment, 1 = the same: the harmony %s."
                .formatted(degree(s.chroma(), 0.85, 0.6))),
        new Figure(
            "spectral convergence",
            number(s.convergence()),
            "Distance of the two spectra, 0 = equal, 1 = nothing in common: the sound itself %s."
                .formatted(degree(1 - s.convergence(), 0.7, 0.3))),
        new Figure(
            "loudness form",
            number(s.loudnessForm()),
            "Correlation of loud and soft over time, 1 = the same: the swell %s."
                .formatted(degree(s.loudnessForm(), 0.8, 0.5))),
        new Figure(
            "loudness",
            String.format(Locale.ROOT, "%.1f LUFS", s.lufs()),
            "How loud it is as a whole; every reading aims at -20."));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String degree(double value, double kept, double partly) {
    return value >= kept ? "was kept" : value >= partly ? "shimmers through" : "is another one";
  }
}
