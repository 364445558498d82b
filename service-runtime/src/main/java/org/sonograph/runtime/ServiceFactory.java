package org.sonograph.runtime;

import io.smallrye.config.SmallRyeConfig;
import java.util.List;

/** Starts one service from its context. */
public interface ServiceFactory {
  /**
   * Starts the service and returns once it is under way; topics exist, broker and registry have
   * answered.
   */
  RunningService start(ServiceContext context) throws Exception;

  /**
   * Looks, before broker and registry are asked, whether this machine has what the settings demand.
   *
   * @throws UnavailableException if it has not
   */
  default void check(SmallRyeConfig config) {}

  /** The {@code @ConfigMapping} interfaces of this service's own settings. */
  default List<Class<?>> settings() {
    return List.of();
  }
}
