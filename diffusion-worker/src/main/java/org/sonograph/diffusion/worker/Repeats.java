package org.sonograph.diffusion.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sonograph.diffusion.DiffusedPicture;

/**
 * The latest results, so that one picture with one recipe is painted once: a redelivered record, or
 * another take that differs in how it is heard only.
 */
final class Repeats {
  private final long mostBytes;
  private final Map<RecipeKey, DiffusedPicture> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * Keeps nothing yet.
   *
   * @param mostBytes memory for samples; the results that were longest of no use go first
   */
  Repeats(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  synchronized Optional<DiffusedPicture> find(RecipeKey key) {
    return Optional.ofNullable(kept.get(key));
  }

  synchronized void keep(RecipeKey key, DiffusedPicture made) {
    int size = made.picture().samples().length;
    if (size > mostBytes || kept.containsKey(key)) {
      return;
    }
    kept.put(key, made);
    bytes += size;
    var eldest = kept.entrySet().iterator();
    while (bytes > mostBytes) {
      bytes -= eldest.next().getValue().picture().samples().length;
      eldest.remove();
    }
  }
}
