package org.sonograph.launcher.canary;

import java.time.Duration;

/**
 * How one round ended.
 *
 * @param reason what was expected and what came; empty on success
 * @param time from sending the sound to the last of its output, or to giving up
 */
public record Round(Outcome outcome, String reason, Duration time) {

  /** What can happen to a canary. */
  public enum Outcome {
    /** All output came, and it sounds. */
    SUCCESS("success"),
    /** Ingest or broker gave no answer. */
    UNREACHABLE("unreachable"),
    /** Ingest did not take the sound. */
    REFUSED("refused"),
    /** Not all output came in time. */
    LATE("late"),
    /** What came is a marked silence, or not the sound of a second. */
    WRONG("wrong");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** For meters. */
    String text() {
      return text;
    }
  }

  /** Whether the chain is alive. */
  public boolean isSuccess() {
    return outcome == Outcome.SUCCESS;
  }
}
