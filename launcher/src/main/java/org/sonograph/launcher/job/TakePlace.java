package org.sonograph.launcher.job;

import org.sonograph.ingest.source.IdentifiedSource;

/**
 * Which folder below OUT a take is wished to have, as the {@code Place} of its chunks says it.
 *
 * @param layout one folder beside the other, or the archive's own tree
 * @param naming what the folder is called after
 */
public record TakePlace(Layout layout, Naming naming) {
  /** As folders are called where nobody says otherwise. */
  public static final TakePlace USUAL = new TakePlace(Layout.FLAT, Naming.FILE);

  /** How folders of takes lie. */
  public enum Layout {
    FLAT,
    TREE
  }

  /** What folders of takes are called after. */
  public enum Naming {
    FILE,
    ID
  }

  /** The wish; "" leaves it to the collector. */
  public String of(IdentifiedSource source) {
    String folder = source.source().folder();
    String branch = layout == Layout.TREE && !folder.isEmpty() ? folder + "/" : "";
    String id = naming == Naming.ID ? source.archiveId() : "";
    // A slash in an id is no folder of the archive's.
    return branch + id.replace('/', '_');
  }
}
