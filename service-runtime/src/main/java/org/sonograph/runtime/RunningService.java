package org.sonograph.runtime;

/** A service at work. */
public interface RunningService extends AutoCloseable {
  /** How it is doing now; quick, without a network call. */
  HealthReport health();

  /** Takes no new work, finishes what is under way and stops, in at most 30 seconds. */
  @Override
  void close();
}
