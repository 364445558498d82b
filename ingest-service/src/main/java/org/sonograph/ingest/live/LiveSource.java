package org.sonograph.ingest.live;

import java.io.IOException;
import java.util.function.Consumer;

/** Where live sound comes from. */
interface LiveSource {
  /** What it is called in messages and takes; holds no password. */
  String shown();

  /**
   * Opens it.
   *
   * @param titles hears what is playing, whenever the source says so
   * @throws IOException where it is not there now; the message ends "the source ..."
   */
  LiveFeed open(Consumer<String> titles) throws IOException;

  /** Whether there is any use in opening it again after it has ended. */
  default boolean comesBack() {
    return true;
  }

  /** Whether it sends at once, when it is opened, what it has kept for new listeners. */
  default boolean beginsWithPast() {
    return false;
  }

  /** Whether it has a clock of its own, which sound is paced by; a file waits to be read. */
  default boolean isPaced() {
    return true;
  }
}
