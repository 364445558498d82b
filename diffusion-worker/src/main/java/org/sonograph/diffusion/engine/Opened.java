package org.sonograph.diffusion.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened so far where opening the rest fails. */
final class Opened implements AutoCloseable {

  /** Something native whose closing throws nothing checked. */
  interface Part extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Part> parts = new ArrayDeque<>();

  <T extends Part> T keep(T part) {
    parts.push(part);
    return part;
  }

  /** From here on the caller owns all parts. */
  void release() {
    parts.clear();
  }

  @Override
  public void close() {
    parts.forEach(Part::close);
  }
}
