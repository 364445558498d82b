package org.sonograph.launcher.command;

import java.util.Locale;
import org.sonograph.ingest.send.BrokerDevices;
import org.sonograph.ingest.send.KeepBusy;
import org.sonograph.ingest.send.Restraint;
import org.sonograph.runtime.ServiceHost;

/** Who goes first where several send to the same workers. */
enum Priority {
  /** Yields: as many pictures under way as keep the workers busy. */
  BULK,
  /** Does not: as many as may be under way. */
  LIVE;

  /**
   * How much may be sent.
   *
   * @param ahead pictures that may be under way at most
   */
  Restraint restraint(ServiceHost host, long ahead) {
    return switch (this) {
      case BULK -> new KeepBusy(new BrokerDevices(host.admin()), ahead, System::nanoTime);
      case LIVE -> Restraint.most(() -> ahead);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
