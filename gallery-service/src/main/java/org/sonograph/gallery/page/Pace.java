package org.sonograph.gallery.page;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/** How long pictures take here, from those painted so far. */
final class Pace implements Watcher {
  /** Weight of the newest picture in the running mean. */
  private static final double NEWEST = 0.3;

  private final Map<Paint, Double> seconds = new ConcurrentHashMap<>();
  private final double expectedAPass;

  /**
   * A pace.
   *
   * @param expectedAPass time that a pass through the model is expected to take before a picture
   *     was painted, s; 0 = nobody knows
   */
  Pace(double expectedAPass) {
    this.expectedAPass = expectedAPass;
  }

  @Override
  public void tell(News news) {
    if (news instanceof News.Painted painted && painted.seconds() > 0) {
      seconds.merge(
          painted.paint(), painted.seconds(), (before, now) -> before + NEWEST * (now - before));
    }
  }

  /** True if a picture was painted with this model since the start. */
  boolean isMeasured(Paint paint) {
    return seconds.keySet().stream().anyMatch(known -> known.model().equals(paint.model()));
  }

  /** Seconds a picture, empty where nobody knows. */
  OptionalDouble of(Paint paint) {
    Double known = seconds.get(paint);
    if (known != null) {
      return OptionalDouble.of(known);
    }
    OptionalDouble like =
        seconds.entrySet().stream()
            .filter(e -> e.getKey().model().equals(paint.model()))
            .mapToDouble(e -> e.getValue() / e.getKey().passes() * paint.passes())
            .average();
    return like.isPresent() || expectedAPass <= 0
        ? like
        : OptionalDouble.of(expectedAPass * paint.passes());
  }
}
