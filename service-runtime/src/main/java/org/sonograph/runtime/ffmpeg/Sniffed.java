package org.sonograph.runtime.ffmpeg;

/** What the first bytes of a file say it is. */
public sealed interface Sniffed {

  /** Sound (or a film with sound) in a format that is read. */
  record Known(Container container) implements Sniffed {}

  /**
   * Something else.
   *
   * @param what ends the sentence "NAME is ...", for example "a playlist, not sound"
   */
  record Refused(String what) implements Sniffed {}
}
