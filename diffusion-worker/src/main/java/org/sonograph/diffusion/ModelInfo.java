package org.sonograph.diffusion;

import java.util.List;
import java.util.Objects;

/**
 * What a diffuser has loaded.
 *
 * @param id its folder's name, or what it was asked for by where there is no folder
 * @param sha256 over the names and contents of the files that were loaded, in hex; "" where there
 *     are none
 * @param kind one phrase for people: the pipeline's class and number format
 * @param sizeStepPixels widths and heights are rounded down to multiples of this; 1 takes any size
 * @param scheduler the folder's own sampler, by its name in {@code --scheduler}; "" where none is
 *     used
 * @param schedulers all samplers that a request may name
 * @param remarks what was taken for granted where the folder is silent, a line each
 */
public record ModelInfo(
    String id,
    String sha256,
    String kind,
    int sizeStepPixels,
    String scheduler,
    List<String> schedulers,
    List<String> remarks) {

  public ModelInfo {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(scheduler, "scheduler");
    schedulers = List.copyOf(schedulers);
    remarks = List.copyOf(remarks);
    if (sizeStepPixels < 1) {
      throw new IllegalArgumentException(
          "sizeStepPixels=" + sizeStepPixels + ", expected 1 or more");
    }
  }

  /** A model that left nothing open. */
  public ModelInfo(
      String id,
      String sha256,
      String kind,
      int sizeStepPixels,
      String scheduler,
      List<String> schedulers) {
    this(id, sha256, kind, sizeStepPixels, scheduler, schedulers, List.of());
  }
}
