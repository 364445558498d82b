package org.sonograph.launcher.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sonograph.ingest.source.IdentifiedSource;

/** The archive's identifiers of a job's sounds, and which of them are in doubt. */
public final class ArchiveIds {
  /** Identifiers in doubt that are named each. */
  private static final int MOST_NAMED = 20;

  private final IdFrom from;
  private final Map<String, Holder> holders = new HashMap<>();
  private final List<String> shared = new ArrayList<>();
  private int without;

  private record Holder(String sourceId, String shown) {}

  public ArchiveIds(IdFrom from) {
    this.from = from;
  }

  /**
   * The sound with its identifier. One that another sound has as well is kept, and said.
   *
   * @param column what the list says of it, or ""
   * @param at where the sound was named, for messages
   */
  public IdentifiedSource named(IdentifiedSource source, String column, String at) {
    String id = from.of(source, column);
    if (!id.isEmpty()) {
      compare(id, source, at);
    } else if (from.place() != IdFrom.Place.NOTHING) {
      without++;
    }
    return source.called(id);
  }

  private void compare(String id, IdentifiedSource source, String at) {
    Holder holder = holders.computeIfAbsent(id, i -> new Holder(source.id(), at));
    if (!holder.sourceId().equals(source.id())) {
      shared.add(
          "%s has the id '%s' of %s, which is another sound; both are made"
              .formatted(at, id, holder.shown()));
    }
  }

  /** Lines about identifiers that stand for two sounds, and about sounds that have none. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(shared.subList(0, Math.min(shared.size(), MOST_NAMED)));
    if (shared.size() > MOST_NAMED) {
      remarks.add("and %d more with the id of another".formatted(shared.size() - MOST_NAMED));
    }
    if (without > 0) {
      remarks.add(withoutAny());
    }
    return remarks;
  }

  private String withoutAny() {
    return "%d sound%s without an id: none in %s"
        .formatted(without, without == 1 ? "" : "s", from.whereShown());
  }
}
