package org.sonograph.runtime.meters;

import java.time.Duration;
import java.util.stream.LongStream;

/** The bounds of every histogram's buckets: the same everywhere, so that they can be added up. */
public final class Buckets {
  private static final LongStream MILLIS =
      LongStream.of(
          10,
          25,
          50,
          100,
          250,
          500,
          1_000,
          2_500,
          5_000,
          10_000,
          20_000,
          30_000,
          60_000,
          120_000,
          300_000,
          600_000,
          1_800_000,
          3_600_000,
          10_800_000,
          43_200_000);

  private static final Duration[] BOUNDS =
      MILLIS.mapToObj(Duration::ofMillis).toArray(Duration[]::new);

  private Buckets() {}

  /** Upper bounds, ascending; above the last there is the bucket without a bound. */
  public static Duration[] bounds() {
    return BOUNDS.clone();
  }
}
