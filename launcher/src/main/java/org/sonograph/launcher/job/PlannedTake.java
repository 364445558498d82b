package org.sonograph.launcher.job;

import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SafeName;

/**
 * One take to be made.
 *
 * @param id its id
 * @param source what of
 * @param order how
 * @param pictures how many pictures it will have, by the length the source claims
 */
public record PlannedTake(String id, IdentifiedSource source, TakeOrder order, long pictures) {
  /** Name of the source, fit for one line of a terminal. */
  public String shown() {
    return SafeName.of(source.source().name());
  }
}
