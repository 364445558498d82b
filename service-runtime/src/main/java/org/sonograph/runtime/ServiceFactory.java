package org.sonograph.runtime;

import java.util.List;

/** Starts one service from its context. */
public interface ServiceFactory {
  /**
   * Starts the service and returns once it is under way; topics exist, broker and registry have
   * answered.
   */
  RunningService start(ServiceContext context) throws Exception;

  /** The {@code @ConfigMapping} interfaces of this service's own settings. */
  default List<Class<?>> settings() {
    return List.of();
  }
}
