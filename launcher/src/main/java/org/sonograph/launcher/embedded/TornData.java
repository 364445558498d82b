package org.sonograph.launcher.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sonograph.runtime.SetAside;

/** Sets aside what of a data folder cannot be opened. Takes, uploads and settings are never it. */
public final class TornData {
  /** With less than this nothing can be begun anew, and what went wrong may be just that. */
  private static final long LEAST_FREE_BYTES = 64L << 20;

  private TornData() {}

  /** What is done where data cannot be opened. */
  public enum Then {
    /** Say so, and end. */
    REFUSE,
    /** Set them aside and begin with new ones: sound comes before history. */
    SET_ASIDE
  }

  /**
   * Sets the torn part aside, while no process has its files open.
   *
   * @throws TornException with what to do, where no data are to blame
   */
  public static void setAside(Path data, TornException torn) {
    try {
      if (torn.isOfMachine()) {
        throw torn.advised(data);
      }
      long free = Files.getFileStore(data).getUsableSpace();
      if (free < LEAST_FREE_BYTES) {
        throw new TornException(
            torn.part(),
            "%s, %d MiB are free: %s"
                .formatted(TornException.DISK_FULL, free >> 20, torn.getMessage()));
      }
      for (String name : torn.part().folders()) {
        Path folder = data.resolve(name);
        if (Files.exists(folder)) {
          SetAside.move(folder, torn.reason());
        }
      }
    } catch (IOException e) {
      throw new EmbeddedException(
          "what is torn in %s cannot be set aside: %s; move it away by hand".formatted(data, e), e);
    }
  }
}
