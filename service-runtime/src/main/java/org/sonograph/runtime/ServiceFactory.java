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
   * Begins what needs neither broker nor registry, such as sound from the disk, before either is
   * there; nothing unless a service has such a part.
   */
  default Beginning begin(ServiceContext context) throws Exception {
    return new Beginning() {
      @Override
      public RunningService start(ServiceContext later) throws Exception {
        return ServiceFactory.this.start(later);
      }

      @Override
      public void close() {}
    };
  }

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
