package org.sonograph.ingest.send;

import java.util.function.LongSupplier;

/** How much may be sent while something is under way. */
@FunctionalInterface
public interface Restraint {
  /** How many more pictures may be sent; 0 or less = none. */
  long room(PictureCount.Pictures there);

  /**
   * No more than a number under way.
   *
   * @param most asked each time
   */
  static Restraint most(LongSupplier most) {
    return there -> most.getAsLong() - there.underWay();
  }
}
