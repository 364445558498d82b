package org.sonograph.gallery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.sonograph.signal.compare.Survival;

/** What survived of the source, in figures and in a sentence. */
public final class Survived {
  /** What is measured, in the order it is shown. */
  public static final List<Measure> MEASURES =
      List.of(
          new Measure(
              "onset agreement",
              "Of all that begins in the source or in the reading, the share that begins in both"
                  + " within 50 ms; 1 = the same rhythm.",
              "%.2f",
              Survival::onsets),
          new Measure(
              "chroma similarity",
              "How alike the twelve pitch classes are, moment by moment, weighted by how loud the"
                  + " source is; 1 = the same harmony.",
              "%.2f",
              Survival::chroma),
          new Measure(
              "spectral convergence",
              "Distance between the two spectrograms after the best scaling; 0 = equal, 1 = nothing"
                  + " in common.",
              "%.2f",
              Survival::convergence),
          new Measure(
              "loudness form",
              "Correlation of loud and soft over time; 1 = the same swell, 0 = none of it.",
              "%.2f",
              Survival::loudnessForm),
          new Measure(
              "loudness",
              "How loud the whole is to the ear (ITU-R BS.1770); readings aim at -20 LUFS.",
              "%.1f LUFS",
              Survival::lufs));

  private Survived() {}

  /**
   * One figure of a comparison.
   *
   * @param name what it measures
   * @param meaning a sentence with its range
   * @param format as it is shown
   * @param of the figure
   */
  public record Measure(String name, String meaning, String format, ToDoubleFunction<Survival> of) {
    /** The figure as it is shown. */
    public String shown(Survival survival) {
      return String.format(Locale.ROOT, format, of.applyAsDouble(survival));
    }
  }

  /** One sentence on what a listener still hears of the source. */
  public static String sentence(Survival s) {
    List<String> kept = new ArrayList<>();
    List<String> faint = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    sort("the rhythm", s.onsets() - 0.7, s.onsets() - 0.4, List.of(kept, faint, lost));
    sort("the harmony", s.chroma() - 0.85, s.chroma() - 0.6, List.of(kept, faint, lost));
    sort("the swell", s.loudnessForm() - 0.8, s.loudnessForm() - 0.5, List.of(kept, faint, lost));
    sort("the spectrum", 0.3 - s.convergence(), 0.7 - s.convergence(), List.of(kept, faint, lost));
    List<String> parts = new ArrayList<>();
    add(parts, kept, " was kept", " were kept");
    add(parts, faint, " shimmers through", " shimmer through");
    add(parts, lost, " is new", " are new");
    String all = String.join("; ", parts);
    return Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".";
  }

  private static void sort(String what, double kept, double faint, List<List<String>> into) {
    into.get(kept >= 0 ? 0 : faint >= 0 ? 1 : 2).add(what);
  }

  private static void add(List<String> parts, List<String> names, String one, String several) {
    if (!names.isEmpty()) {
      parts.add(WallLabel.listed(names) + (names.size() == 1 ? one : several));
    }
  }
}
