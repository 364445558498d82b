package org.sonograph.runtime;

/**
 * What of a service needs neither broker nor registry, at work; the rest is started over it once
 * both have answered.
 */
public interface Beginning extends AutoCloseable {
  /** Starts the rest; from then on all of it is closed with the service. */
  RunningService start(ServiceContext context) throws Exception;

  /** Ends what was begun, where the rest was never started or could not be. */
  @Override
  void close();
}
