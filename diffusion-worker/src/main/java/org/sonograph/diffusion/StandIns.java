package org.sonograph.diffusion;

import java.util.LinkedHashMap;

/**
 * The last good picture of each track, which stands in for the next one that the model's checker
 * flags. Where a track has none yet, what went in stands there. Any thread may ask.
 */
public final class StandIns {
  private static final int MOST_TRACKS = 16;

  private final LinkedHashMap<String, DiffusedPicture> last = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * What to show for a result.
   *
   * @param track whose picture it is; pictures of one never stand in another
   */
  public synchronized DiffusedPicture of(
      String track, RequestOptions.Safety safety, DiffusedPicture made) {
    if (safety == RequestOptions.Safety.UNCHECKED) {
      return made;
    }
    DiffusedPicture before = last.get(track);
    if (made.isFlagged()) {
      return before != null && isAsLarge(before, made) ? before.inPlaceOf(made) : made;
    }
    last.put(track, made);
    if (last.size() > MOST_TRACKS) {
      last.remove(last.firstEntry().getKey());
    }
    return made;
  }

  private static boolean isAsLarge(DiffusedPicture one, DiffusedPicture other) {
    return one.picture().width() == other.picture().width()
        && one.picture().height() == other.picture().height();
  }
}
