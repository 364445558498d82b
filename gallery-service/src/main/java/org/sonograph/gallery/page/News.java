package org.sonograph.gallery.page;

import java.nio.file.Path;

/** What the collector tells whoever looks on. */
public sealed interface News {
  /** Id of the take. */
  String take();

  /** A chunk has been drawn as a spectrogram. */
  record Drawn(String take, long chunk) implements News {}

  /** A chunk can be seen while it is painted. */
  record Preview(String take, long chunk) implements News {}

  /**
   * A chunk has been painted.
   *
   * @param paint how
   * @param seconds time the picture took, s; 0 where nobody says
   */
  record Painted(String take, long chunk, Paint paint, double seconds) implements News {}

  /**
   * A chunk sounds in one reading.
   *
   * @param until end of the reading's sound so far, s
   */
  record Heard(String take, long chunk, String reading, double until) implements News {}

  /** A chunk failed in one reading. */
  record Failed(String take, long chunk, String reading, String reason) implements News {}

  /** The file {@code track.json} in the take's folder is new. */
  record Changed(String take, Path folder) implements News {}

  /** The take was deleted. */
  record Deleted(String take) implements News {}
}
