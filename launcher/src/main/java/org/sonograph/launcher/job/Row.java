package org.sonograph.launcher.job;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.sonograph.launcher.recipe.OptionList;

/**
 * One line of a list of sounds.
 *
 * @param at where it stands, for messages: {@code list.csv line 7}
 * @param file the sound, resolved against the list's folder where it was relative
 * @param label what the list says of the sound itself
 * @param options how to make its take, in place of what was said on the command line
 * @param isDone true if the list says that its take is complete already
 * @param cells everything in it, by column, as it was written
 */
public record Row(
    String at,
    String file,
    Label label,
    OptionList options,
    boolean isDone,
    SequencedMap<String, String> cells) {

  /**
   * What goes in front of the file's own tags; empty texts leave those.
   *
   * @param title of the sound
   * @param artist who made it
   * @param licence under which it may be used
   * @param permission who allows works to be derived where the licence does not
   */
  public record Label(String title, String artist, String licence, String permission) {}

  /** What the archive calls it, or "". */
  public String id() {
    String id = cells.get(RowFile.ID);
    return id == null ? "" : id.strip();
  }

  public Row {
    cells = new LinkedHashMap<>(cells);
  }
}
