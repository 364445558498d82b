package org.sonograph.ingest.live;

import java.util.ArrayList;
import java.util.List;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Undiffused;

/**
 * One quality of a stream's pictures.
 *
 * @param text as it is written: {@code full}, {@code half}, {@code quarter}, {@code none}, or
 *     {@code MODEL:STEPS:STRENGTH} of a faster model without guidance
 */
record Rung(String text) {
  static final Rung FULL = new Rung("full");
  private static final String HALF = "half";
  private static final String QUARTER = "quarter";
  private static final String PARTS = ":";

  /** Rungs from a list, the full one added at the top. */
  static List<Rung> ladder(String list) {
    List<Rung> rungs = new ArrayList<>(List.of(FULL));
    if (list.equals("off")) {
      return rungs;
    }
    for (String text : list.split(",")) {
      Rung rung = new Rung(text.strip());
      rung.check();
      rungs.add(rung);
    }
    return rungs;
  }

  private void check() {
    boolean isName = List.of(HALF, QUARTER, Undiffused.MODEL).contains(text);
    if (!isName && !text.matches("[^:]+:[1-9]\\d{0,2}:(1|0?\\.\\d+)")) {
      throw new IllegalArgumentException(
          "ladder=%s, expected off, or some of half, quarter, none and MODEL:STEPS:STRENGTH with commas between"
              .formatted(text));
    }
  }

  /** An interpretation at this quality. */
  Interpretation of(Interpretation full) {
    DiffusionSettings asked = full.getDiffusion();
    return switch (text) {
      case "full" -> full;
      case Undiffused.MODEL -> Undiffused.of(full);
      case HALF -> with(full, steps(asked, 2));
      case QUARTER -> with(full, steps(asked, 4));
      default -> with(full, other(asked));
    };
  }

  private static Interpretation with(Interpretation full, DiffusionSettings diffusion) {
    return Interpretation.newBuilder(full).setDiffusion(diffusion).build();
  }

  /** A part of the steps, but so many that one at least is run. */
  private static DiffusionSettings steps(DiffusionSettings asked, int part) {
    int least = (int) Math.ceil(1 / Math.max(0.001, asked.getStrength()));
    int steps = Math.max(least, asked.getSteps() / part);
    return DiffusionSettings.newBuilder(asked).setSteps(Math.min(steps, asked.getSteps())).build();
  }

  private DiffusionSettings other(DiffusionSettings asked) {
    String[] parts = text.split(PARTS);
    return DiffusionSettings.newBuilder(asked)
        .setModel(parts[0])
        .setModelHash("")
        .setScheduler("")
        .setSteps(Integer.parseInt(parts[1]))
        .setStrength(Double.parseDouble(parts[2]))
        .setGuidance(1)
        .build();
  }
}
