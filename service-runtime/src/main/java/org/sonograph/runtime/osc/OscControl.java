package org.sonograph.runtime.osc;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a service lets be changed about its streams. Calls come from one thread, and are brief. */
public interface OscControl {
  /** What can be changed: first parts of addresses after the stream's name. */
  Set<String> names();

  /** Names of the streams there are. */
  Collection<String> streams();

  /**
   * Changes something.
   *
   * @param stream one of {@link #streams}
   * @param path after the stream's name, as in {@code [mix, red]}; the first is one of {@link
   *     #names}
   * @param arguments of the message
   * @throws IllegalArgumentException in one line, where something is wrong; nothing changes
   */
  void change(String stream, List<String> path, List<Object> arguments);
}
