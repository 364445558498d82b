package org.sonograph.runtime;

/**
 * How something is doing.
 *
 * @param state the state
 * @param reason why it is not ready, empty when it is
 */
public record HealthReport(State state, String reason) {
  /** States from good to bad. */
  public enum State {
    /** Works. */
    READY,
    /** Does not work now, may by itself later: leave it running. */
    NOT_READY,
    /** Will not work again: restart it. */
    DEAD
  }

  public HealthReport {
    if ((state == State.READY) != reason.isEmpty()) {
      throw new IllegalArgumentException(
          "state=" + state + " reason='" + reason + "', expected a reason exactly when not ready");
    }
  }

  public static HealthReport ready() {
    return new HealthReport(State.READY, "");
  }

  public static HealthReport notReady(String reason) {
    return new HealthReport(State.NOT_READY, reason);
  }

  public static HealthReport dead(String reason) {
    return new HealthReport(State.DEAD, reason);
  }

  public boolean isReady() {
    return state == State.READY;
  }
}
