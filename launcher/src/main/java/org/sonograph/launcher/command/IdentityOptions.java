package org.sonograph.launcher.command;

import java.util.Optional;
import org.sonograph.launcher.job.IdFrom;
import org.sonograph.launcher.job.TakePlace;
import picocli.CommandLine.Option;

/** What {@code run} calls its takes after, and how their folders lie. */
final class IdentityOptions {
  @Option(
      names = "--id-from",
      paramLabel = "path|column|tag[:NAME]",
      description = {
        "Where the archive's own identifier of each sound stands: its path below INPUT, the list's",
        "column id (the default with --list), or a tag of the file. Outputs, labels and --results",
        "carry it."
      })
  Optional<String> idFrom = Optional.empty();

  @Option(
      names = "--layout",
      paramLabel = "flat|tree",
      description =
          "Folders of takes beside each other, or below OUT as their sources lie below INPUT or the"
              + " list's common folder (default: flat).")
  TakePlace.Layout layout = TakePlace.Layout.FLAT;

  @Option(
      names = "--name-by",
      paramLabel = "file|id",
      description = "What a take's folder is called after (default: file).")
  TakePlace.Naming naming = TakePlace.Naming.FILE;

  /** Where identifiers stand. */
  IdFrom idFrom(boolean isList) {
    IdFrom from = idFrom.map(IdFrom::of).orElse(isList ? IdFrom.COLUMN : IdFrom.NOTHING);
    if (from.equals(IdFrom.COLUMN) && !isList) {
      throw new IllegalArgumentException("--id-from=column needs --list: no column without a list");
    }
    if (naming == TakePlace.Naming.ID && from.equals(IdFrom.NOTHING)) {
      throw new IllegalArgumentException(
          "--name-by=id needs --id-from, which says where the id stands");
    }
    return from;
  }

  /** Where takes lie. */
  TakePlace place() {
    return new TakePlace(layout, naming);
  }
}
