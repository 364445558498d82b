package org.sonograph.gallery.page;

import java.util.concurrent.CompletionStage;

/** Deletes takes. */
@FunctionalInterface
public interface Remover {
  /** How it went. */
  enum Removal {
    REMOVED,
    /** It is still being made; what comes for it needs its folder. */
    BUSY,
    UNKNOWN
  }

  /** Deletes a take with all its files; completes exceptionally where the disk refuses. */
  CompletionStage<Removal> remove(String take);
}
